"""Tools with which an assistant reads an index, over the Model Context Protocol.

It can search and read, and nothing else: no tool writes, opens a file or asks the network.
"""
