import { shortened } from '../lib/text.js'
import { OTHER_PROGRAM } from '../tailchat/service-loader.js'
import type { Report } from './report.js'

/** Of more, a picture shows nothing. */
const MAX_SERVICES = 60

const MAX_LABEL = 80

/** The steps that fill a run's time, in their order. A stage that is made of others is not one of them. */
const STEPS: readonly [section: string, names: readonly string[]][] = [
  ['check', ['workspace', 'declarations', 'rules', 'sync', 'fix', 'lockfile', 'privileges', 'base', 'apply']],
  ['publish', ['publish']],
  ['image', ['strategy', 'prepare', 'image', 'pull']],
  ['proof', ['proof', 'browser', 'boot']],
  ['end', ['tags', 'status']],
]

/** A run that is over sooner needs no picture of its time, in milliseconds. */
const WORTH_A_LOOK = 5000

/** Returns the stages as a Mermaid gantt chart; nothing for a short run. */
export function stageTimes({ timings }: Report): string[] {
  let start = 0
  const sections = STEPS.map(([section, names]) => {
    const bars = names.flatMap((name) => {
      const milliseconds = timings[name] ?? 0
      if (milliseconds < 1) return []
      const end = start + milliseconds
      const bar = `  ${name} ${(milliseconds / 1000).toFixed(1)} s : ${start}, ${end}`
      start = end
      return bar
    })
    return bars.length === 0 ? [] : [`  section ${section}`, ...bars]
  })
  if (start < WORTH_A_LOOK) return []
  return ['gantt', '  dateFormat x', '  axisFormat %M:%S', ...sections.flat()]
}

interface Edge {
  from: string
  to: string
  label?: string
  isOpen: boolean
  isNew: boolean
}

/**
 * Returns how requests reach the services as a Mermaid flowchart: client, gateway, services by the container that loads
 * them. What the change adds is dashed, what needs no login is red. Nothing where there is no service.
 */
export function requestGraph({ plugins, compose, privileges }: Report): string[] {
  const withServices = plugins.filter(({ services }) => services.length > 0)
  const count = withServices.reduce((sum, { services }) => sum + services.length, 0)
  if (count === 0 || count > MAX_SERVICES) return []
  const changes = privileges && 'plugins' in privileges ? privileges.plugins : []
  const changeOf = (name: string): (typeof changes)[number] | undefined =>
    changes.find(({ plugin }) => plugin === name)

  const loading = compose.filter(({ loadsPlugins }) => loadsPlugins === true)
  const nodes =
    loading.length === 0
      ? [{ label: 'server', names: withServices.map(({ name }) => name) }]
      : loading.map(({ service, file, plugins: names }) => ({ label: `${service} (${file})`, names }))

  const edges: Edge[] = [{ from: 'client', to: 'gateway', isOpen: false, isNew: false }]
  const added: string[] = []
  const boxes = nodes.flatMap(({ label, names }, at) => {
    const inside = withServices
      .filter(({ name }) => names.includes(name))
      .flatMap(({ name, services, privileges: all }, plugin) => {
        const change = changeOf(name)
        const isNew = change?.state === 'new'
        return services.map((service, index) => {
          const id = `s${at}x${plugin}x${index}`
          if (isNew) added.push(id)
          edges.push({ from: 'gateway', to: id, isOpen: false, isNew })
          if (index === 0)
            for (const { kind, name: route } of all.filter((each) => each.kind === 'open-route'))
              edges.push({
                from: 'client',
                to: id,
                label: `without login: ${route}`,
                isOpen: true,
                isNew:
                  isNew || (change?.gained ?? []).some((each) => each.kind === kind && each.name === route),
              })
          return `    ${id}[${quoted(service)}]`
        })
      })
    return inside.length === 0 ? [] : [`  subgraph n${at}[${quoted(label)}]`, ...inside, '  end']
  })
  const open = edges.flatMap(({ isOpen }, index) => (isOpen ? [index] : []))
  return [
    'flowchart LR',
    '  client([client])',
    '  gateway[gateway]',
    ...boxes,
    ...edges.map(
      ({ from, to, label, isNew }) =>
        `  ${from} ${isNew ? '-.->' : '-->'}${label === undefined ? '' : `|${quoted(label)}|`} ${to}`,
    ),
    ...(open.length > 0 ? [`  linkStyle ${open.join(',')} stroke:#cf222e,color:#cf222e`] : []),
    ...(added.length > 0
      ? ['  classDef added stroke-dasharray: 5 5', `  class ${added.join(',')} added`]
      : []),
  ]
}

/**
 * Returns where plugins run as a Mermaid flowchart: the containers of each file, and the plugins that each loads. Containers
 * without plugins are shown too, dashed where it is not known what they load. Returns nothing where there is a single
 * container, or where there are too many to see anything.
 */
export function containerGraph({ compose: all }: Pick<Report, 'compose'>): string[] {
  const compose = all.filter(({ reason }) => reason !== OTHER_PROGRAM)
  const boxes = compose.reduce((sum, { plugins }) => sum + 1 + plugins.length, 0)
  if (compose.length < 2 || boxes > MAX_SERVICES) return []
  const unknown: string[] = []
  const files = [...new Set(compose.map(({ file }) => file))]
  const lines = files.flatMap((file, at) => [
    `  subgraph f${at}[${quoted(file)}]`,
    ...compose.flatMap(({ file: of, service, loadsPlugins, plugins }, index) => {
      if (of !== file) return []
      const container = `c${index}`
      if (loadsPlugins === 'unknown') unknown.push(container)
      return [
        `    ${container}[(${quoted(service)})]`,
        ...plugins.map((name, plugin) => `    ${container} --> ${container}x${plugin}[${quoted(name)}]`),
      ]
    }),
    '  end',
  ])
  return [
    'flowchart LR',
    ...lines,
    ...(unknown.length > 0
      ? ['  classDef unknown stroke-dasharray: 5 5', `  class ${unknown.join(',')} unknown`]
      : []),
  ]
}

/** A label in which Mermaid, Markdown and HTML find nothing: all but plain characters are written by their numbers. */
function quoted(text: string): string {
  const plain = [...shortened(text, MAX_LABEL)].map((character) =>
    /[\w.:/ ()-]/.test(character) ? character : `#${character.codePointAt(0)};`,
  )
  return `"${plain.join('')}"`
}
