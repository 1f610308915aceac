"""Graphs that load, and what their runs do."""

import asyncio
from typing import TypedDict

from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.types import interrupt


class State(TypedDict, total=False):
    question: str
    answer: str


def compiled(node, schema=State):
    builder = StateGraph(schema)
    builder.add_node("node", node)
    builder.add_edge(START, "node")
    builder.add_edge("node", END)
    return builder.compile()


def reply(state: State) -> State:
    return {"answer": f"{len(state['question'])} characters, and the answer is forty-two"}


def talk(state: MessagesState) -> dict:
    return {"messages": [{"role": "ai", "content": "The capital is Vienna."}]}


def fail(state: State) -> State:
    print("the node lost its quota", flush=True)
    raise OSError("quota of the model is used up")


async def wait(state: State) -> State:
    print("the node began", flush=True)
    try:
        await asyncio.sleep(600)
    except asyncio.CancelledError:
        print("the node was stopped", flush=True)
        raise
    return {"answer": "at last"}


def ask_human(state: State) -> State:
    return {"answer": interrupt({"may_i": "send it"})}


def say_nothing(state: State) -> State:
    return {}


agent = compiled(reply)
chat = compiled(talk, MessagesState)
failing = compiled(fail)
slow = compiled(wait)
asking = compiled(ask_human)
silent = compiled(say_nothing)
