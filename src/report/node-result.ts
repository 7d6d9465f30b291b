/** How a plugin node is run. */
export interface ReportedNode {
  /** The plugins whose services it loads. */
  plugins: string[]
  /** What its SERVICEDIR is. */
  serviceDir: string
  /** Where the fragments were written, relative to the repository, and what they hold. */
  composeFile: string
  compose: string
  kubernetesFile: string
  kubernetes: string
}
