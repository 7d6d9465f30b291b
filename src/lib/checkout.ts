import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { readSmall, repositoriesAbove, type Repository } from './git.js'

/** What the git directories above a path say is checked out. They are read without git, which may not be installed. */
export interface CheckedOut {
  /** The checked-out commit of each repository that the path lies in, from the nearest up; `undefined` where unreadable. */
  commits: (string | undefined)[]
  /** The numbers of the pull requests whose `refs/pull/N/…` is checked out, as actions/checkout does it. */
  pullRequests: number[]
  /** The numbers of those that git fetched or checked out by another name (FETCH_HEAD, and HEAD's log). */
  traces: number[]
}

/** Reads what is checked out at `root`, in every repository that it lies in. */
export function readCheckedOut(root: string): CheckedOut {
  const all = [...repositoriesAbove(root)].map(checkedOutIn)
  return {
    commits: all.map(({ commit }) => commit),
    pullRequests: all.flatMap(({ pullRequests }) => pullRequests),
    traces: all.flatMap(({ traces }) => traces),
  }
}

interface State {
  commit: string | undefined
  pullRequests: number[]
  traces: number[]
}

function checkedOutIn({ directory, common }: Repository): State {
  const packed = packedRefs(common)
  const head = readSmall(join(directory, 'HEAD'))?.trim() ?? ''
  const branch = /^ref: (refs\/.+)$/.exec(head)?.[1]
  const commit = objectId(branch === undefined ? head : (looseRef(common, branch) ?? packed.get(branch)))
  const refs = new Map([...packed, ...looseRefs(common, 'refs/remotes/pull')])
  const pullRequests = [...refs].flatMap(([ref, id]) =>
    id === commit ? numberIn(ref.replace(/^refs\/remotes\/pull\//, '')) : [],
  )
  const fetched = (readSmall(join(directory, 'FETCH_HEAD')) ?? '')
    .split('\n')
    .filter((line) => commit !== undefined && line.startsWith(`${commit}\t`))
    .map((line) => /'(?:refs\/)?pull\/(\d{1,15}\/)/.exec(line)?.[1] ?? '')
  const moved = endOf(join(directory, 'logs', 'HEAD'))
    .split('\n')
    .findLast((line) => line.includes('\tcheckout: moving from '))
  const target = /(?:^| to )(?:refs\/)?(?:remotes\/)?pull\/(\d{1,15}\/)\S*$/.exec(moved ?? '')?.[1] ?? ''
  return { commit, pullRequests, traces: [...fetched, target].flatMap(numberIn) }
}

/** The number at the start of `7/merge`. */
function numberIn(text: string): number[] {
  const digits = /^(\d{1,15})\//.exec(text)?.[1]
  return digits === undefined ? [] : [Number(digits)]
}

function objectId(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : undefined
}

function looseRef(common: string, ref: string): string | undefined {
  return ref.split('/').includes('..') ? undefined : readSmall(join(common, ref))?.trim()
}

/** The refs below one, by their full names. */
function looseRefs(common: string, below: string): [string, string][] {
  const directory = join(common, below)
  if (!existsSync(directory)) return []
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const ref = `${below}/${entry.name}`
    if (entry.isDirectory()) return looseRefs(common, ref)
    const id = looseRef(common, ref)
    return id === undefined ? [] : [[ref, id]]
  })
}

/** The refs of pull requests and branches among those that git has packed into one file (the last 64 MiB of it). */
function packedRefs(common: string): Map<string, string> {
  const refs = new Map<string, string>()
  for (const line of endOf(join(common, 'packed-refs'), PACKED_BYTES).split('\n')) {
    const [, id, ref] = /^([0-9a-f]{40,64}) (refs\/(?:heads|remotes\/pull)\/.+)$/.exec(line) ?? []
    if (id !== undefined && ref !== undefined) refs.set(ref, id)
  }
  return refs
}

/** A hundred times the refs of a large repository. */
const PACKED_BYTES = 64 * 1024 * 1024
const LOG_BYTES = 64 * 1024

/** Reads the end of a file that may be long; empty where it can't be read. */
function endOf(file: string, bytes = LOG_BYTES): string {
  let descriptor
  try {
    descriptor = openSync(file, 'r')
    const stat = fstatSync(descriptor)
    if (!stat.isFile()) return ''
    const length = Math.min(stat.size, bytes)
    const buffer = Buffer.alloc(length)
    const read = readSync(descriptor, buffer, 0, length, stat.size - length)
    return buffer.toString('utf8', 0, read)
  } catch {
    return ''
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
