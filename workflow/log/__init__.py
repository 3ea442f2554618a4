"""
The evidence: entry bytes, the chain of a document, the tree over all, signed checkpoints, receipts.

Pure functions over bytes; no database, no clock. Nothing is imported here, so that reading a chain does
not load the library that signs.
"""
