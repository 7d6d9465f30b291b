import { posix } from 'node:path'
import { messageOf } from '../lib/wording.js'
import { readLockfile } from '../registrations/lockfile.js'
import { catalogue } from '../rules/catalogue.js'
import { findings, joinFindings } from '../rules/findings.js'
import { byPlace, runRules } from '../rules/run.js'
import { pnpmVersion, resolveWithPnpm } from '../sync/pnpm.js'
import { layout } from '../tailchat/layout.js'
import type { Examination } from './check.js'
import type { Run } from './stage.js'

/**
 * Has pnpm resolve the packages whose entries in the lockfile are missing or differ, in a copy of what it reads. Nothing
 * of the repository is written or run. When pnpm fails, that is a finding, and the lockfile stays as it is. With
 * `dryRun`, pnpm is not run: its success is taken for granted.
 * @returns what is known, with the new lockfile among the edits, and without the findings that it mends
 */
export async function lockfile({ inputs, surroundings }: Run, examined: Examination): Promise<Examination> {
  const { workspace, desired, declarations } = examined
  const { installation, root } = workspace
  const { open, accepted } = examined.findings
  const rules = catalogue.repository.filter(({ mendedBy }) => mendedBy === 'pnpm')
  const wrong = open.filter(({ rule }) => rules.some(({ id }) => id === rule))
  const directories = [...new Set(wrong.map(({ file }) => posix.dirname(file)))].sort()
  if (directories.length === 0 || !installation.lockfile) return examined

  const version = pnpmVersion(installation)
  const change = {
    file: layout.pnpmLock,
    summary: `enter ${directories.join(', ')} (pnpm ${version} install --lockfile-only)`,
    why: [...new Set(wrong.map(({ rule }) => rule))].join(', '),
  }
  const mended: Examination = {
    ...examined,
    findings: { open: open.filter((finding) => !wrong.includes(finding)), accepted },
    changes: [...examined.changes, change],
  }
  if (inputs.dryRun) return mended
  try {
    const before = installation.lockfile.text
    const after = await resolveWithPnpm({ root, version, directories, before, log: surroundings.log })
    const updated = readLockfile({ path: layout.pnpmLock, text: after })
    const subject = {
      workspace: { ...workspace, installation: { ...installation, lockfile: updated } },
      desired,
    }
    const left = runRules(rules, subject, declarations.rules)
    const still = left.find(({ file }) => directories.includes(posix.dirname(file)))
    if (still) throw new Error(`pnpm ${version} does not settle it: ${still.message}`)
    return { ...mended, edits: [...examined.edits, { file: layout.pnpmLock, before, after }] }
  } catch (error) {
    const failure = { directories, reason: messageOf(error) }
    const failed = findings(catalogue.lockfile, failure, { root, declarations })
    const all = joinFindings(examined.findings, failed)
    return { ...examined, findings: { ...all, open: [...all.open].sort(byPlace) } }
  }
}
