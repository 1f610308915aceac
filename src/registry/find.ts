import { ToolError } from './process.ts'
import { type Ask, IMAGE_TOOLS, type ImageTool, type SeenImage } from './tools.ts'

/** An image, and the tool that sees it. */
export interface FoundImage {
  readonly tool: ImageTool
  readonly seen: SeenImage
}

/** What a tool said that does not see the image. */
export interface Miss {
  readonly tool: ImageTool
  readonly said: string
}

/**
 * Looks for an image with each tool that the runner has, until one sees it: in the Docker daemon, then in the registry. A
 * digest is looked for in the registry only, since a daemon packs an image anew, which changes the digest. A name without
 * an account is looked for in the daemon only, since on Docker Hub it would be the image of a stranger.
 *
 * @returns the image, or what each tool said; no tools where the runner has none
 */
export async function findImage(ask: Ask, image: string): Promise<FoundImage | readonly Miss[]> {
  const tools = IMAGE_TOOLS.filter(({ sees }) => (sees === 'daemon' ? !image.includes('@') : image.includes('/')))
  const misses: Miss[] = []
  for (const tool of tools) {
    try {
      return { tool, seen: await tool.look(ask, image) }
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      if (!error.isAbsent) misses.push({ tool, said: error.message })
    }
  }
  return misses
}
