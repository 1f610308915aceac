import { ToolError } from './process.ts'
import { type Ask, IMAGE_TOOLS, type ImageTool, type SeenImage } from './tools.ts'

/** An image, and the tool that found it. */
export interface FoundImage {
  readonly tool: ImageTool
  readonly seen: SeenImage
}

/** The error of a tool that did not find the image. */
export interface Miss {
  readonly tool: ImageTool
  readonly said: string
}

/**
 * Searches for an image with each tool on the runner until one finds it: first in the Docker daemon, then in the
 * registry. A digest is searched in the registry only, because a push from the daemon packs the image again and changes
 * its digest. A name without an account is searched in the daemon only, because on Docker Hub it would be somebody
 * else's image.
 *
 * @returns the image, or the error of each tool; empty if the runner has no tool
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
