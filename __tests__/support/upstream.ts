import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Files, writeFiles } from './files.js'
import { commitAll, git, initRepository } from './git.js'
import { frontendPlugin } from './repository.js'

/** A repository of somebody else that holds plugins. */
export interface Upstream {
  directory: string
  /** Writes files, commits everything and tags the commit; returns its id. */
  release(tag: string, files: Files): string
}

/** Makes such a repository in a directory, which is served as `NAME/.git` where the directory above is. */
export function createUpstream(root: string, name: string): Upstream {
  const directory = join(root, name)
  mkdirSync(directory, { recursive: true })
  initRepository(directory)
  return {
    directory,
    release: (tag, files) => {
      writeFiles(directory, files)
      const commit = commitAll(directory, `Release ${tag}`)
      git(directory, 'tag', '--force', tag)
      return commit
    },
  }
}

/** A sound frontend plugin that is alone in its repository. */
export function lonePlugin(name: string, version: string, more: Files = {}): Files {
  const place = `client/web/plugins/${name}/`
  const files = Object.entries(frontendPlugin(name)).map(([path, text]): [string, Files[string]] => [
    path.slice(place.length),
    path.endsWith('manifest.json') ? String(text).replace('1.0.0', version) : text,
  ])
  return {
    ...Object.fromEntries(files),
    LICENSE: 'Permission is hereby granted, free of charge',
    'src/colours.ts': 'export const a = 1\n\n\n\nexport const z = 1\n',
    ...more,
  }
}
