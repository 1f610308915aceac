"""Graphs that import well and do not load."""

import os

from agent import agent


def value_error():
    if not os.environ.get("SEARCH_API_KEY"):
        raise ValueError("SEARCH_API_KEY must be set")
    return agent


def key_error():
    os.environ["SEARCH_API_KEY"]
    return agent


def no_graph():
    return {"not": "a graph"}
