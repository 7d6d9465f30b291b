export const id = 500;
export const ids = [500];
export const modules = {

/***/ 3500:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  lockfile: () => (/* binding */ lockfile_lockfile)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/registrations/lockfile.js
var lockfile = __webpack_require__(4233);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 26 modules
var catalogue = __webpack_require__(9152);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/rules/run.js
var run = __webpack_require__(8178);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: ./.build/src/lib/command.js + 1 modules
var command = __webpack_require__(5908);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(495);
// EXTERNAL MODULE: ./.build/src/lib/text-edits.js
var text_edits = __webpack_require__(5052);
// EXTERNAL MODULE: ./.build/src/lib/text.js
var lib_text = __webpack_require__(2184);
;// CONCATENATED MODULE: ./.build/src/registrations/lockfile-edit.js




/**
 * Copies the entries of some packages from a lockfile that pnpm resolved: the smallest change that makes the lockfile
 * fit them. pnpm itself writes more, since it resolves dependencies again that these packages share with others. Here,
 * every dependency that no package.json asked to change keeps its bytes, and packages that are no longer needed go.
 * @param before the present lockfile
 * @param resolved what pnpm made of it
 * @param directories of the packages, such as `server/plugins/com.acme.tickets`
 * @throws with the reason when that can't be done
 */
function takeImporters(before, resolved, directories) {
    const old = readParts(before);
    const now = readParts(resolved);
    if (old.version !== now.version)
        throw new Error(`this pnpm writes format ${now.version}, and ${layout/* layout */.Zp.pnpmLock} has ${old.version}`);
    for (const directory of directories) {
        const text = now.sections.get('importers')?.entries.get(directory);
        if (text === undefined)
            throw new Error(`pnpm made no entry for ${directory}`);
        const choose = versionChooser(old, now, directory);
        setEntry(old, 'importers', { key: directory, text: withImporterVersions(text, choose) });
    }
    const was = needs(readParts(before));
    const after = readParts(textOf(old));
    const is = needs(after);
    for (const key of was.keys())
        if (!is.has(key))
            removePackage(after, key);
    // Since format 9, the lockfile doesn't have the flag any more.
    if (after.graph === 'packages')
        for (const [key, flag] of is)
            if (was.get(key) !== flag)
                setFlag(after, key, flag);
    return textOf(after);
}
/** Chooses the version of each dependency of an importer: the present one unless something it depends on changed. */
function versionChooser(old, now, directory) {
    const was = old.importers.get(directory)?.dependencies ?? new Map();
    const is = now.importers.get(directory)?.dependencies ?? new Map();
    const isSame = (name) => was.get(name)?.specifier === is.get(name)?.specifier && was.get(name)?.field === is.get(name)?.field;
    const changed = [...new Set([...was.keys(), ...is.keys()])].filter((name) => !isSame(name));
    return (name, version) => {
        const locked = was.get(name)?.version;
        // A package changes with the peers it gets.
        const hasChangedPeer = changed.some((peer) => `${locked}${version}`.includes(`(${peer}@`));
        if (locked !== undefined && isSame(name) && !hasChangedPeer)
            return locked;
        return takePackage(old, now, { name, version });
    };
}
/** The sections with entries that belong to packages. */
const SECTIONS = ['importers', 'packages', 'snapshots'];
const ENTRY = /^ {2}(?:'((?:[^']|'')+)'|([^\s'"#][^\r\n]*?)):(?: \{[^{}]*\})?\r?\n?$/;
function readParts(text) {
    const { version, contents } = (0,lockfile/* readLockfile */.GQ)({ path: layout/* layout */.Zp.pnpmLock, text });
    if ('unreadable' in contents)
        throw new Error(contents.unreadable);
    const sections = new Map();
    let section = { head: '', entries: new Map() };
    let [name, key] = ['', ''];
    sections.set(name, section);
    for (const line of text.split(/(?<=\n)/)) {
        const heading = /^(\w+):/.exec(line)?.[1];
        const entry = SECTIONS.includes(name) ? ENTRY.exec(line) : null;
        if (heading !== undefined) {
            name = heading;
            key = '';
            section = { head: line, entries: new Map() };
            sections.set(name, section);
        }
        else if (entry) {
            key = entry[1]?.replaceAll("''", "'") ?? entry[2] ?? '';
            section.entries.set(key, line);
        }
        else if (key === '')
            section.head += line;
        else
            section.entries.set(key, (section.entries.get(key) ?? '') + line);
    }
    // The time when each new package was published would have to be added.
    if (sections.has('time'))
        throw new Error(`${layout/* layout */.Zp.pnpmLock} records publishing times (resolution-mode)`);
    return {
        eol: (0,text_edits/* lineEndingOf */.RE)(text),
        version,
        importers: contents.importers,
        sections,
        graph: version?.startsWith('9') ? 'snapshots' : 'packages',
    };
}
function textOf({ sections }) {
    return [...sections.values()].map(({ head, entries }) => head + [...entries.values()].join('')).join('');
}
/**
 * Copies the package that a dependency is installed as, with all its dependencies that the lockfile does not have yet.
 * @returns the version to write: another one where the lockfile has the package with these peers and more, which is
 *   how pnpm keeps a package from being installed twice (dedupe-peer-dependents)
 */
function takePackage(old, now, { name, version }) {
    const key = keyOf(now, name, version);
    if (key === undefined || hasEntry(old, now.graph, key))
        return version;
    const peers = peersOf(key);
    const usable = [...(old.sections.get(now.graph)?.entries.keys() ?? [])].filter((other) => packageOf(other) === packageOf(key) && peers.every((peer) => peersOf(other).includes(peer)));
    const [only, ...more] = usable;
    if (only !== undefined && more.length === 0)
        return packageOf(version) + only.slice(packageOf(only).length);
    const own = packageOf(key);
    const description = now.sections.get('packages')?.entries.get(own);
    if (now.graph === 'snapshots' && description !== undefined && !hasEntry(old, 'packages', own))
        setEntry(old, 'packages', { key: own, text: description });
    const text = now.sections.get(now.graph)?.entries.get(key) ?? '';
    // It is added before its dependencies, which may depend on it in turn.
    setEntry(old, now.graph, { key, text });
    const choose = (each, at) => takePackage(old, now, { name: each, version: at });
    setEntry(old, now.graph, { key, text: withVersions(text, choose) });
    return version;
}
function removePackage(parts, key) {
    removeEntry(parts, parts.graph, key);
    const own = packageOf(key);
    const stays = [...(parts.sections.get(parts.graph)?.entries.keys() ?? [])].some((other) => packageOf(other) === own);
    if (parts.graph === 'snapshots' && !stays)
        removeEntry(parts, 'packages', own);
}
/** Returns the keys of all packages that an importer needs, with pnpm's flag `dev`: absent where both kinds need it. */
function needs(parts) {
    const inProduction = neededPackages(parts, (field) => field !== 'devDependencies');
    const inDevelopment = neededPackages(parts, (field) => field === 'devDependencies');
    return new Map([...inProduction, ...inDevelopment].map((key) => [
        key,
        !inProduction.has(key) ? 'true' : inDevelopment.has(key) ? undefined : 'false',
    ]));
}
function neededPackages(parts, counts) {
    const needed = new Set();
    const follow = (name, version) => {
        const key = keyOf(parts, name, version);
        if (key === undefined || needed.has(key))
            return;
        needed.add(key);
        const text = parts.sections.get(parts.graph)?.entries.get(key) ?? '';
        for (const [each, at] of dependenciesIn(text))
            follow(each, at);
    };
    for (const { dependencies } of parts.importers.values())
        for (const [name, { version, field }] of dependencies)
            if (counts(field))
                follow(name, version);
    return needed;
}
/** Sets the flag `dev` of a package, which is for development only, where pnpm writes it. */
function setFlag(parts, key, flag) {
    const text = parts.sections.get(parts.graph)?.entries.get(key) ?? '';
    const without = text.trimEnd().replace(/\r?\n {4}dev: (?:true|false)(?=\r?\n|$)/, '');
    const line = flag === undefined ? '' : `${parts.eol}    dev: ${flag}`;
    // Among the last properties, `dev` comes first.
    let end = without.length;
    for (;;) {
        const last = /\r?\n {4}(?:optional|patched): true$/.exec(without.slice(Math.max(0, end - 30), end))?.[0];
        if (last === undefined)
            break;
        end -= last.length;
    }
    setEntry(parts, parts.graph, { key, text: without.slice(0, end) + line + without.slice(end) });
}
/**
 * Returns the key of a package: `/got@11.8.3` in format 6, `got@11.8.3` in format 9. A package that was renamed or comes
 * from elsewhere has its key as its version. `undefined` for a package of the repository itself.
 * @throws when the lockfile has no such package
 */
function keyOf({ sections, graph }, name, version) {
    if (version.startsWith('link:'))
        return undefined;
    const entries = sections.get(graph)?.entries;
    const key = [`/${name}@${version}`, `${name}@${version}`, version].find((each) => entries?.has(each));
    if (key === undefined)
        throw new Error(`the lockfile has no package ${name} ${version}`);
    return key;
}
/** Returns the key in `packages` for one of `snapshots`: without its peers. */
function packageOf(key) {
    return key.split('(', 1)[0] ?? '';
}
/** Returns the peers in parentheses after a package, each with its own peers. */
function peersOf(key) {
    const peers = [];
    let depth = 0;
    for (const character of key.slice(packageOf(key).length)) {
        if (character === '(' && depth++ === 0)
            peers.push('');
        peers.push((peers.pop() ?? '') + character);
        if (character === ')')
            depth--;
    }
    return peers;
}
/** Returns the dependencies in an entry of `packages` or `snapshots`. */
function dependenciesIn(entry) {
    const found = [];
    withVersions(entry, (name, version) => {
        found.push([name, version]);
        return version;
    });
    return found;
}
/** Returns an entry of `packages` or `snapshots` with the versions that `choose` returns. */
function withVersions(entry, choose) {
    let field = '';
    return entry
        .split('\n')
        .map((line) => {
        field = /^ {4}(\w+):\r?$/.exec(line)?.[1] ?? field;
        const [, start, quoted, bare, quote = '', version, end = ''] = /^( {6}(?:'([^']+)'|([^\s'][^\s:]*)): )('?)([^\s'].*?)\4(\r?)$/.exec(line) ?? [];
        const name = quoted ?? bare;
        if (!/^(dependencies|optionalDependencies)$/.test(field))
            return line;
        if (start === undefined || name === undefined || version === undefined)
            return line;
        return start + quote + choose(name, version) + quote + end;
    })
        .join('\n');
}
/** Returns an entry of `importers` with the versions that `choose` returns. */
function withImporterVersions(entry, choose) {
    let name = '';
    return entry
        .split('\n')
        .map((line) => {
        const [, quoted, bare] = /^ {6}(?:'([^']+)'|([^\s'][^\s:]*)):\r?$/.exec(line) ?? [];
        name = quoted ?? bare ?? name;
        const [, start, quote = '', version, end = ''] = /^( {8}version: )('?)([^\s'].*?)\2(\r?)$/.exec(line) ?? [];
        if (start === undefined || version === undefined)
            return line;
        return start + quote + choose(name, version) + quote + end;
    })
        .join('\n');
}
function hasEntry(parts, section, key) {
    return parts.sections.get(section)?.entries.has(key) ?? false;
}
/** Replaces an entry, or adds it where pnpm's order of the keys puts it. */
function setEntry(parts, name, { key, text }) {
    const { eol } = parts;
    const section = parts.sections.get(name) ?? addSection(parts, name);
    const content = withEnding(text.trimEnd(), eol);
    const entries = [...section.entries];
    const index = entries.findIndex(([each]) => (0,lib_text/* compare */.UD)(each, key) >= 0);
    const [same, present] = entries[index] ?? [];
    if (same === key && present !== undefined)
        section.entries.set(key, content + blankEnd(present));
    else if (index !== -1) {
        entries.splice(index, 0, [key, content + eol + eol]);
        section.entries = new Map(entries);
    }
    else {
        const last = entries.at(-1);
        if (last)
            section.entries.set(last[0], last[1].trimEnd() + eol + eol);
        section.entries.set(key, content + (last ? blankEnd(last[1]) : eol));
    }
}
function addSection(parts, name) {
    const { eol } = parts;
    const section = { head: `${eol}${name}:${eol}${eol}`, entries: new Map() };
    parts.sections.set(name, section);
    return section;
}
function removeEntry(parts, name, key) {
    const section = parts.sections.get(name);
    const [previous, last] = [...(section?.entries ?? [])].slice(-2);
    if (!section)
        return;
    // The blank lines after the last entry stay after the new last one.
    if (previous && last?.[0] === key)
        section.entries.set(previous[0], previous[1].trimEnd() + blankEnd(last[1]));
    section.entries.delete(key);
}
function blankEnd(text) {
    return text.slice(text.trimEnd().length);
}
function withEnding(text, eol) {
    return text.replace(/\r?\n/g, eol);
}

;// CONCATENATED MODULE: ./.build/src/sync/pnpm.js







/** A version number, which means nothing else to npm; the Dockerfile may leave the last parts out. */
const VERSION = /^\d{1,4}(?:\.\d{1,6}){0,2}(?:-[0-9A-Za-z.-]{1,40})?$/;
/** Where no version is named: the newest pnpm that writes the lockfile's format. */
const WRITERS = { '6.0': '8', '6.1': '8', '9.0': '10' };
/** The pnpm of the repository: packageManager of its package.json, then what the Dockerfile installs. */
function pnpmVersion({ pnpmVersions, lockfile }) {
    const usable = pnpmVersions.filter(({ version }) => VERSION.test(version));
    const named = usable.find(({ position }) => position.file === layout/* layout */.Zp.rootPackageJson) ?? usable[0];
    return named?.version ?? WRITERS[lockfile?.version ?? ''] ?? '10';
}
/**
 * Has pnpm resolve packages in a copy of what it reads.
 * @returns the text of the lockfile with the entries of these packages
 * @throws with the reason, in a line, when it can't be had
 */
async function resolveWithPnpm({ root, version, directories, before, log, }) {
    const unsafe = directories.find((each) => !/^[\w@.-]+(?:\/[\w@.-]+)*$/.test(each) || each.includes('...'));
    if (unsafe !== undefined)
        throw new Error(`pnpm would read the path ${unsafe} as a pattern: rename the directory`);
    if ((0,external_node_fs_.existsSync)((0,external_node_path_.join)(root, '.pnpmfile.cjs')))
        throw new Error('.pnpmfile.cjs may change the dependencies of every package, and code of the repository is not run');
    return (0,temporary/* withTemporaryDirectory */.n)(async (temporary) => {
        // In a directory of its own, npm takes pnpm from where this machine does, not from where .npmrc says.
        const [copy, tool] = [(0,external_node_path_.join)(temporary, COPY), (0,external_node_path_.join)(temporary, 'tool')];
        (0,external_node_fs_.mkdirSync)(tool);
        copyPackages(root, copy);
        const lockfile = (0,external_node_path_.join)(copy, layout/* layout */.Zp.pnpmLock);
        const pnpm = (args) => runPnpm(version, args, { copy, tool, log });
        await pnpm([
            ...directories.flatMap((each) => ['--filter', external_node_path_.posix.join('..', COPY, each)]),
            ...['install', '--lockfile-only', '--no-frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile'],
            // With it, pnpm resolves every package of the repository again, and needs all of them from the npm registry.
            '--config.dedupe-peer-dependents=false',
        ]);
        const after = takeImporters(before, (0,external_node_fs_.readFileSync)(lockfile, 'utf8'), directories);
        // The same question that the Dockerfile's install asks; it takes no network.
        (0,external_node_fs_.writeFileSync)(lockfile, after);
        await pnpm(['install', '--lockfile-only', '--frozen-lockfile', '--ignore-scripts', '--ignore-pnpmfile']);
        return after;
    });
}
/** The name of the copy, next to the directory that pnpm runs in. */
const COPY = 'repository';
/** What pnpm reads when it writes a lockfile. */
const READ_BY_PNPM = /^(?:package\.(?:json5?|yaml)|\.npmrc|pnpm-(?:workspace|lock)\.yaml|.*\.patch)$/;
function copyPackages(root, copy) {
    for (const file of (0,files/* listFiles */.CS)(root, '').files) {
        if (!READ_BY_PNPM.test((0,external_node_path_.basename)(file)))
            continue;
        const result = (0,files/* readRepositoryFile */.tz)(root, file);
        if (!('text' in result))
            continue;
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)((0,external_node_path_.join)(copy, file)), { recursive: true });
        (0,external_node_fs_.writeFileSync)((0,external_node_path_.join)(copy, file), result.text);
    }
}
/** Resolving what a plugin needs takes seconds; a download that hangs is given up by then. */
const TIMEOUT_SECONDS = 300;
/** pnpm would else switch to the version that package.json names, or refuse to be another one. */
const OWN_VERSION = [
    '--config.manage-package-manager-versions=false',
    '--config.package-manager-strict=false',
];
/** A registry that can't be reached is given up after seconds, not minutes. */
const FETCHING = ['retries=2', 'retry-mintimeout=1000', 'retry-maxtimeout=3000'].map((each) => `--config.fetch-${each}`);
async function runPnpm(version, args, { copy, tool, log }) {
    const options = { cwd: tool, env: ENVIRONMENT, timeoutSeconds: TIMEOUT_SECONDS, onLine: log };
    const all = ['--dir', external_node_path_.posix.join('..', COPY), ...OWN_VERSION, ...FETCHING, ...args];
    const npm = ['exec', '--yes', `--package=pnpm@${version}`, '--', 'pnpm', ...all];
    try {
        await (0,command/* runCommand */.d1)('npm', npm, options).catch((error) => {
            // Of the two ways to get a certain pnpm, corepack is the one that newer Node.js versions lack.
            if (!isNotInstalled(error))
                throw error;
            return (0,command/* runCommand */.d1)('corepack', [`pnpm@${version}`, ...all], options);
        });
    }
    catch (error) {
        if (!(error instanceof command/* CommandError */.Qd))
            throw error;
        if (isNotInstalled(error))
            throw new Error('npm or corepack is needed to run pnpm, and neither is installed', { cause: error });
        throw new Error(explain(error, version, copy), { cause: error });
    }
}
function isNotInstalled(error) {
    return (error instanceof command/* CommandError */.Qd && error.exitCode === undefined && /is not installed/.test(error.outcome));
}
/** Extra variables for pnpm: .npmrc can put any variable into a request, so the environment holds no secret of this step. */
const ENVIRONMENT = {
    CI: 'true',
    FORCE_COLOR: '0',
    COREPACK_ENABLE_DOWNLOAD_PROMPT: '0',
};
const SHOWN_LINES = 4;
/** Returns the last output of pnpm as one line. */
function explain({ lastLines, outcome }, version, copy) {
    const lines = lastLines
        .map((line) => line.replaceAll(`${copy}/`, '').replace(/\s+/g, ' ').trim())
        .filter((line) => line !== '' && !line.startsWith('Progress:'));
    const first = lines.findIndex((line) => /\bERR_|npm (?:error|ERR!)|\bError: /.test(line));
    const shown = first === -1 ? lines.slice(-SHOWN_LINES) : lines.slice(first, first + SHOWN_LINES);
    const registry = UNREACHABLE.test(lines.join('\n')) ? registryIn(copy) : undefined;
    const hint = registry === undefined ? '' : ` (.npmrc names the npm registry ${registry}: can it be reached from here?)`;
    return `pnpm ${version} failed (${outcome})${hint}: ${shown.join(' | ')}`;
}
const UNREACHABLE = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|META_FETCH_FAIL|fetch failed/;
function registryIn(copy) {
    const result = (0,files/* readRepositoryFile */.tz)(copy, '.npmrc');
    const url = 'text' in result ? /^[ \t]*registry[ \t]*=[ \t]*["']?([^\s"']+)/m.exec(result.text)?.[1] : undefined;
    return url?.replace(/\/\/[^/@]*@/, '//');
}

;// CONCATENATED MODULE: ./.build/src/stages/lockfile.js








/**
 * Has pnpm resolve the packages whose entries in the lockfile are missing or differ, in a copy of what it reads. Nothing
 * of the repository is written or run. When pnpm fails, that is a finding, and the lockfile stays as it is. With
 * `dryRun`, pnpm is not run: its success is taken for granted.
 * @returns what is known, with the new lockfile among the edits, and without the findings that it mends
 */
async function lockfile_lockfile({ inputs, surroundings }, examined) {
    const { workspace, desired, declarations } = examined;
    const { installation, root } = workspace;
    const { open, accepted } = examined.findings;
    const rules = catalogue/* catalogue */.sW.repository.filter(({ mendedBy }) => mendedBy === 'pnpm');
    const wrong = open.filter(({ rule }) => rules.some(({ id }) => id === rule));
    const directories = [...new Set(wrong.map(({ file }) => external_node_path_.posix.dirname(file)))].sort();
    if (directories.length === 0 || !installation.lockfile)
        return examined;
    const version = pnpmVersion(installation);
    const change = {
        file: layout/* layout */.Zp.pnpmLock,
        summary: `enter ${directories.join(', ')} (pnpm ${version} install --lockfile-only)`,
        why: [...new Set(wrong.map(({ rule }) => rule))].join(', '),
    };
    const mended = {
        ...examined,
        findings: { open: open.filter((finding) => !wrong.includes(finding)), accepted },
        changes: [...examined.changes, change],
    };
    if (inputs.dryRun)
        return mended;
    try {
        const before = installation.lockfile.text;
        const after = await resolveWithPnpm({ root, version, directories, before, log: surroundings.log });
        const updated = (0,lockfile/* readLockfile */.GQ)({ path: layout/* layout */.Zp.pnpmLock, text: after });
        const subject = {
            workspace: { ...workspace, installation: { ...installation, lockfile: updated } },
            desired,
        };
        const left = (0,run/* runRules */.xG)(rules, subject, declarations.rules);
        const still = left.find(({ file }) => directories.includes(external_node_path_.posix.dirname(file)));
        if (still)
            throw new Error(`pnpm ${version} does not settle it: ${still.message}`);
        return { ...mended, edits: [...examined.edits, { file: layout/* layout */.Zp.pnpmLock, before, after }] };
    }
    catch (error) {
        const failure = { directories, reason: (0,wording/* messageOf */.bD)(error) };
        const failed = (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.lockfile, failure, { root, declarations });
        const all = (0,findings/* joinFindings */.pZ)(examined.findings, failed);
        return { ...examined, findings: { ...all, open: [...all.open].sort(run/* byPlace */.hz) } };
    }
}


/***/ })

};
