import type { RegistrationChange, SyncPlan } from '../sync/plan.js'
import { at, type Rule } from './types.js'

/** Rules about the difference between what is registered and what is wanted. */
export const planRules: Rule<SyncPlan>[] = [
  {
    id: 'registration/out-of-date',
    title: 'A registration file does not say what is declared',
    why: 'The image would offer something else than the declarations promise.',
    severity: 'error',
    mend: 'Run sync: it writes the registration files.',
    bad: `# tailchat-plugins.yml; registry.json has no such entry
com.acme.theme: { offer: registry }`,
    good: `# tailchat-plugins.yml; registry.json has the entry
com.acme.theme: { offer: registry }`,
    *check({ changes }) {
      for (const change of changes)
        yield at(change.position, { plugin: change.plugin, synced: true, message: outOfDate(change) })
    },
  },
  {
    id: 'registration/cannot-be-written',
    title: 'A registration is wanted and cannot be written',
    why: 'The declarations ask for something that has to be mended by hand first.',
    severity: 'error',
    mend: 'Mend what the message names and run sync again, or paste the entry that it gives.',
    bad: 'com.acme.theme: { offer: registry } # its manifest.json is not valid',
    good: 'com.acme.theme: { offer: registry } # its manifest.json is valid',
    *check({ blocked }) {
      for (const { plugin, from, place, action, position, reason } of blocked)
        yield at(position, {
          plugin,
          message: `${from ?? plugin} cannot be ${ACTION[action]} ${position.file}${listName(place)}: ${reason}`,
        })
    },
  },
]

const ACTION = {
  add: 'added to',
  remove: 'taken out of',
  rename: 'renamed in',
  refresh: 'refreshed in',
} as const

function outOfDate({
  plugin,
  from = plugin,
  place,
  action,
  position,
  fields = [],
}: RegistrationChange): string {
  const list = `${position.file}${listName(place)}`
  switch (action) {
    case 'add':
      return `${plugin} is wanted and not in ${list}: run sync to add it`
    case 'remove':
      return `${from} is in ${list} and not wanted there: run sync to take it out`
    case 'rename':
      return `${from} is in ${list} and named ${plugin} now: run sync to rename it`
    case 'refresh':
      return `${plugin} differs from its manifest in ${list} (${fields.join(', ')}): run sync to make them equal`
  }
}

function listName(place: 'registry' | 'builtin' | 'install'): string {
  return place === 'install' ? ' (plugin:install)' : ''
}
