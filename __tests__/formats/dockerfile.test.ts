import { describe, expect, test } from '@jest/globals'
import { DockerfileParser, JSONInstruction } from 'dockerfile-ast'
import fc from 'fast-check'
import { baseOfLastStage, readRunInstructions } from '../../src/formats/dockerfile.js'

/** What this project and dockerfile-ast both tell of a Dockerfile. */
interface Reading {
  /** The text of each RUN instruction, and whether it is an array of words. */
  runs: { text: string; isJson: boolean }[]
  base: string | undefined
}

function ours(text: string): Reading {
  const file = { path: 'Dockerfile', text }
  return {
    runs: readRunInstructions(file).map(({ start, end, isJson }) => ({
      text: trimmed(text.slice(start, end)),
      isJson,
    })),
    base: baseOfLastStage(file)?.image,
  }
}

function theirs(text: string): Reading {
  const dockerfile = DockerfileParser.parse(text)
  const lines = text.split('\n')
  const offset = ({ line, character }: { line: number; character: number }): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character
  const from = dockerfile.getFROMs()
  let last = from.at(-1)
  for (const each of [...from].reverse())
    if (each !== last && each.getBuildStage()?.toLowerCase() === last?.getImage()?.toLowerCase()) last = each
  const base = last?.getImage() ?? undefined
  return {
    runs: dockerfile
      .getInstructions()
      .filter((each) => each.getKeyword() === 'RUN')
      .map((each) => {
        const range = each.getRange()
        return {
          text: trimmed(text.slice(offset(range.start), offset(range.end))),
          isJson: each instanceof JSONInstruction && each.getClosingBracket() !== null,
        }
      }),
    base: base?.includes('$') ? undefined : base,
  }
}

/** Without the white space that one of the two counts as a part of the instruction. */
function trimmed(text: string): string {
  return text.replace(/^[ \t]+|[\s\\]+$/g, '')
}

describe('a Dockerfile is read as dockerfile-ast reads it', () => {
  test.each([
    ['one line', 'FROM node\nRUN a b\n'],
    ['no line end at the end of the file', 'FROM node\nRUN a'],
    ['keywords in small letters', 'from node as x\nrun a\n'],
    ['lines that go on', 'FROM node\nRUN a \\\n  b \\\n  c\nRUN d\n'],
    ['comments and empty lines within an instruction', 'FROM node\nRUN a \\\n# b\n\n  c\nRUN d\n'],
    ['a backslash within a line', 'FROM node\nRUN a \\b\nRUN c\n'],
    ['white space behind the backslash', 'FROM node\nRUN a \\  \n  b\nRUN c\n'],
    ['a comment that ends in a backslash', 'FROM node\n# a \\\nRUN b\n'],
    ['an array of words', 'FROM node\nRUN ["a", "b c"]\nRUN d\n'],
    ['options of the builder', 'FROM node\nRUN --mount=type=cache,target=/a --network=none b\n'],
    ['Windows line ends', 'FROM node\r\nRUN a \\\r\n  b\r\nRUN c\r\n'],
    ['a here-document', 'FROM node\nRUN <<EOF\na\nRUN b\nEOF\nRUN c\n'],
    ['a here-document with a quoted name', "FROM node\nRUN <<'X'\na\nX\nRUN c\n"],
    ['a here-document that is copied', 'FROM node\nCOPY <<EOF /a\nRUN b\nEOF\nRUN c\n'],
    ['instructions for later builds', 'FROM node\nONBUILD RUN a\nRUN b\n'],
    ['stages that build on each other', 'FROM node:20 AS a\nFROM a AS b\nRUN x\nFROM b\n'],
    ['a stage with a platform', 'FROM --platform=linux/amd64 node:20 AS a\nFROM A\n'],
    ['an image with a digest', 'FROM ghcr.io/acme/node:20@sha256:0123\n'],
    ['an image from a build argument', 'ARG TAG=20\nFROM node:${TAG}\nRUN a\n'],
  ])('%s', (_name, text) => {
    expect(ours(text)).toEqual(theirs(text))
  })

  test('whatever instructions, comments and continued lines follow each other', () => {
    const word = fc.constantFrom('a', 'b=c', '&&', '"d e"', '\\x', 'plugin:install', 'f#', '|', '>g')
    const gap = fc.constantFrom(' ', ' ', ' \\\n  ', ' \\\n# note\n  ', ' \\\n\n', '\t')
    const body = fc
      .array(fc.tuple(word, gap), { minLength: 1, maxLength: 5 })
      .map((parts) => parts.map(([text, space]) => text + space).join('') + 'end')
    const line = fc.oneof(
      fc.tuple(
        fc.constantFrom('RUN ', 'run ', '  RUN ', 'RUN --mount=type=cache,target=/r ', 'ENV A='),
        body,
      ),
      fc.constantFrom(['# comment \\'], [''], ['RUN ["a", "b"]'], ['COPY a b'], ['RUN <<EOF\nRUN x\nEOF']),
      fc.constantFrom(['FROM node:20 AS build'], ['FROM build AS last'], ['FROM last'], ['FROM scratch']),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const text = ['FROM node', ...lines.map((parts) => parts.join('')), ''].join('\n')
        expect(ours(text)).toEqual(theirs(text))
      }),
      { numRuns: 300 },
    )
  })
})

test('an indented comment within an instruction is left out, which dockerfile-ast takes for text', () => {
  // BuildKit takes white space off before it looks for the #: frontend/dockerfile/parser/parser.go, isComment.
  const text = 'FROM node\nRUN a \\\n  # b \n  c\n'
  const [run] = readRunInstructions({ path: 'Dockerfile', text })
  expect(run?.commands?.map((words) => words.map((word) => word.text))).toEqual([['a', 'c']])
})
