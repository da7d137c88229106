"""`python -m extranet` is the console command, for where that is not on the path."""

from extranet.cli import main

main(prog_name="extranet")
