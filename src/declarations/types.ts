import type { Position } from '../lib/text.js'

/** Where the browser side of a plugin is offered. */
export type Offer = 'registry' | 'builtin' | 'hidden'

export type Severity = 'error' | 'warning' | 'notice'

/** What the declarations file says of one plugin. */
export interface PluginDeclaration {
  /** `undefined`: the plugin keeps the registration it has. `hidden` is never combined with another. */
  offer: Offer[] | undefined
  /** `dev`: its services are not expected in production. */
  services: 'dev' | undefined
  /** Whether the entries that it has are kept equal to its manifest. */
  refresh: boolean
  /** The name that its entries had before it was renamed. */
  renamedFrom: string | undefined
  /** Why its files may differ from those of its source; `undefined`: they may not. */
  patched?: string | undefined
  /** Findings that are accepted, by rule id. */
  accept: ReadonlyMap<string, { reason: string; position: Position }>
  position: Position
}

/** A mistake in the declarations file. */
export interface DeclarationProblem {
  position: Position
  message: string
}

/** The declarations file as a value; empty when there is no such file. */
export interface Declarations {
  /** Path of the file, relative to the repository's root; `undefined` when there is none. */
  file: string | undefined
  plugins: ReadonlyMap<string, PluginDeclaration>
  rules: ReadonlyMap<string, Severity | 'off'>
  /** Where each id of `rules` stands, for a finding about an unknown one. */
  rulePositions: ReadonlyMap<string, Position>
  problems: DeclarationProblem[]
}

export const noDeclarations: Declarations = {
  file: undefined,
  plugins: new Map(),
  rules: new Map(),
  rulePositions: new Map(),
  problems: [],
}
