"""JIPP, the network of innovation hubs."""
