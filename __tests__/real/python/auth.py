"""Custom auth as its documentation teaches it: everybody sees what is theirs."""

from langgraph_sdk import Auth

auth = Auth()


@auth.authenticate
async def authenticate(headers: dict) -> str:
    if headers.get(b"authorization") != b"Bearer of-the-agent":
        raise Auth.exceptions.HTTPException(status_code=401, detail="Who are you?")
    return "somebody"


@auth.on
async def only_own(ctx: Auth.types.AuthContext, value: dict):
    value.setdefault("metadata", {})["owner"] = ctx.user.identity
    return {"owner": ctx.user.identity}
