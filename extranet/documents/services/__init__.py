"""Change documents: add them and their versions, change, withdraw and erase them."""
