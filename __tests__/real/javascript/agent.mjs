import { Annotation, END, START, StateGraph } from '@langchain/langgraph'

const State = Annotation.Root({ question: Annotation(), answer: Annotation() })

const compiled = (node) =>
  new StateGraph(State).addNode('node', node).addEdge(START, 'node').addEdge('node', END).compile()

export const agent = compiled(({ question }) => ({
  answer: `${question.length} characters, and the answer is forty-two`
}))

export const slow = compiled(async () => {
  await new Promise((resolve) => setTimeout(resolve, 600_000))
  return { answer: 'at last' }
})

export const needsKey = () => {
  if (!process.env.SEARCH_API_KEY) throw new Error('SEARCH_API_KEY must be set')
  return agent
}
