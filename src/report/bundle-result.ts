/** What was written for a static host. */
export interface ReportedBundles {
  /** Relative to the repository. */
  directory: string
  publicUrl: string
  plugins: ReportedBundle[]
}

export interface ReportedBundle {
  name: string
  version: string
  /** The address of its first file. */
  url: string
  /** The manifest that a user pastes, relative to the directory. */
  manifest: string
  files: number
  bytes: number
}
