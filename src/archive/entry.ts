/** Something in a folder. */
export interface Item {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** The paths of a file or folder. */
export interface Location {
  /** On disk: absolute, encoded by `textOfBytes`. */
  readonly source: string
  /** The same path, relative to the workspace. */
  readonly place: string
  /** In the archive. */
  readonly path: string
}

/** An item of a project, with its paths. */
export type PlacedItem = Item & Location

/** An entry of the archive. Its `path` is relative to the root of the archive, with forward slashes. */
export type Entry = FileEntry | FolderEntry

export interface FileEntry {
  readonly kind: 'file'
  /** Encoded by `textOfBytes`. */
  readonly path: string
  /** The file to read: absolute, encoded like `path`. */
  readonly source: string
  /** In bytes, at the time of the listing. */
  readonly size: number
  readonly executable: boolean
  /** True if the configuration names it, so that the build fails without it. */
  readonly isNamed: boolean
  /** Object name of its content in git's index, in hex; undefined if git does not track it. */
  readonly object?: string | undefined
}

/** An empty folder. Unpacking creates other folders together with the files in them. */
interface FolderEntry {
  readonly kind: 'folder'
  readonly path: string
}
