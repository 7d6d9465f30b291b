import type { SyncPlan } from '../sync/plan.js'
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
      for (const { plugin, place, action, position } of changes)
        yield at(position, {
          plugin,
          synced: true,
          message:
            action === 'add'
              ? `${plugin} is wanted and not in ${position.file}${listName(place)}: run sync to add it`
              : `${plugin} is in ${position.file}${listName(place)} and not wanted there: run sync to take it out`,
        })
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
      for (const { plugin, place, action, position, reason } of blocked)
        yield at(position, {
          plugin,
          message: `${plugin} cannot be ${action === 'add' ? 'added to' : 'taken out of'} ${position.file}${listName(place)}: ${reason}`,
        })
    },
  },
]

function listName(place: 'registry' | 'builtin' | 'install'): string {
  return place === 'install' ? ' (plugin:install)' : ''
}
