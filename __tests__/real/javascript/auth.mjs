import { Auth, HTTPException } from '@langchain/langgraph-sdk/auth'

export const auth = new Auth().authenticate((request) => {
  if (request.headers.get('authorization') !== 'Bearer of-the-agent') {
    throw new HTTPException(401, { message: 'Who are you?' })
  }
  return { identity: 'somebody', permissions: [] }
})
