/** Something in a folder. */
export interface Item {
  readonly name: string
  readonly kind: 'file' | 'folder' | 'link' | 'other'
}

/** Where a file or folder is. */
export interface Location {
  /** Where it really is: absolute, encoded as `textOfBytes` does it. */
  readonly source: string
  /** The same, seen from the workspace. */
  readonly place: string
  /** Where it goes in the archive. */
  readonly path: string
}

/** An item on the way through a project. */
export type PlacedItem = Item & Location

/** One thing in the archive. `path`: seen from the root, with forward slashes. */
export type Entry = FileEntry | FolderEntry

export interface FileEntry {
  readonly kind: 'file'
  /** Bytes that are not UTF-8 are encoded as `textOfBytes` does it. */
  readonly path: string
  /** Where it is read from; absolute, encoded like `path`. */
  readonly source: string
  /** In bytes, when it was listed. */
  readonly size: number
  readonly executable: boolean
  /** Whether the configuration names it, so that an archive without it cannot be built. */
  readonly isNamed: boolean
  /** The name of its content in git's index, in hex; nothing when git does not track it. */
  readonly object?: string | undefined
}

/** A folder with nothing in it; other folders come with what they hold. */
interface FolderEntry {
  readonly kind: 'folder'
  readonly path: string
}
