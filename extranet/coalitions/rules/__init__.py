"""Pure rules of coalitions: the threshold, the states, what stands in the way of going live."""

from extranet.coalitions.rules.threshold import Party, Standing, count, state_after

__all__ = ["Party", "Standing", "count", "state_after"]
