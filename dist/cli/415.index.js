export const id = 415;
export const ids = [415];
export const modules = {

/***/ 415:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  bundle: () => (/* binding */ bundle)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/src/formats/json.js
var json = __webpack_require__(6916);
// EXTERNAL MODULE: ./.build/src/image/base.js
var image_base = __webpack_require__(4052);
// EXTERNAL MODULE: ./.build/src/image/build.js
var build = __webpack_require__(7309);
// EXTERNAL MODULE: ./.build/src/image/build-log.js
var build_log = __webpack_require__(9738);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
;// CONCATENATED MODULE: ./.build/src/image/bundle-files.js



/** Far more than any bundle has: what a build wrote is not trusted. */
const MAX_FILES = 5000;
/**
 * Lists the regular files of a plugin's folder, sorted. Links are left out: they could lead anywhere.
 * @throws when there are more than a bundle can have
 */
function listBundle(folder) {
    const found = [];
    const walk = (below) => {
        for (const entry of (0,external_node_fs_.readdirSync)((0,external_node_path_.join)(folder, below), { withFileTypes: true })) {
            const path = below === '' ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory())
                walk(path);
            else if (entry.isFile()) {
                const content = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, path));
                const sha256 = (0,external_node_crypto_.createHash)('sha256').update(content).digest('hex');
                found.push({ path, sha256, bytes: content.length });
            }
            if (found.length > MAX_FILES)
                throw new Error(`${folder} holds more than ${MAX_FILES} files`);
        }
    };
    walk('');
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** What a browser would see of a bundle: its scripts, the ids they define and what they depend on. */
function readScripts(folder, files) {
    return files
        .filter(({ path }) => path.endsWith('.js') && !path.includes('/'))
        .map(({ path }) => {
        const text = (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(folder, path), 'utf8');
        const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]\s*,\s*\[([^\]]*)\]/.exec(text);
        if (!definition)
            return { file: path, text };
        const [, id = '', list = ''] = definition;
        const dependencies = [...list.matchAll(/['"]([^'"]*)['"]/g)].map(([, each = '']) => each);
        return { file: path, text, id, dependencies };
    });
}
/** Puts the files of a bundle into a folder, which holds nothing else afterwards. */
function placeBundle(from, files, to) {
    (0,external_node_fs_.rmSync)(to, { recursive: true, force: true });
    for (const { path } of files) {
        (0,external_node_fs_.mkdirSync)((0,external_node_path_.dirname)((0,external_node_path_.join)(to, path)), { recursive: true });
        (0,external_node_fs_.cpSync)((0,external_node_path_.join)(from, path), (0,external_node_path_.join)(to, path));
    }
}
/** Writes a value as JSON, and replaces what was there; never through a link. */
function writeJson(file, value) {
    if ((0,external_node_fs_.lstatSync)(file, { throwIfNoEntry: false })?.isSymbolicLink())
        (0,external_node_fs_.rmSync)(file);
    (0,external_node_fs_.writeFileSync)(file, `${JSON.stringify(value, null, 2)}\n`);
}

// EXTERNAL MODULE: ./.build/src/image/overlay.js
var image_overlay = __webpack_require__(765);
// EXTERNAL MODULE: ./.build/src/image/overlay-context.js
var overlay_context = __webpack_require__(7955);
// EXTERNAL MODULE: ./.build/src/image/plan.js + 1 modules
var image_plan = __webpack_require__(6685);
// EXTERNAL MODULE: ./.build/src/lib/files.js
var lib_files = __webpack_require__(5312);
// EXTERNAL MODULE: ./.build/src/lib/temporary.js
var temporary = __webpack_require__(4248);
// EXTERNAL MODULE: ./.build/src/lib/wording.js
var wording = __webpack_require__(1067);
// EXTERNAL MODULE: ./.build/src/report/report.js + 1 modules
var report = __webpack_require__(7154);
// EXTERNAL MODULE: ./.build/src/rules/catalogue.js + 24 modules
var catalogue = __webpack_require__(1900);
// EXTERNAL MODULE: ./.build/src/rules/findings.js + 1 modules
var findings = __webpack_require__(5501);
// EXTERNAL MODULE: ./.build/src/source/loader.js
var source_loader = __webpack_require__(7494);
// EXTERNAL MODULE: ./.build/src/tailchat/hosted.js
var hosted = __webpack_require__(6489);
// EXTERNAL MODULE: ./.build/src/tailchat/layout.js
var layout = __webpack_require__(2876);
// EXTERNAL MODULE: ./.build/src/stages/deploy.js + 6 modules
var deploy = __webpack_require__(176);
// EXTERNAL MODULE: ./.build/src/stages/stage.js
var stages_stage = __webpack_require__(9573);
;// CONCATENATED MODULE: ./.build/src/stages/bundle.js





















/**
 * Builds the browser sides of all plugins as files for a static host, with manifests that name their addresses. Nothing
 * is written before the files passed the rules.
 * @throws {StageError} when they did not, or there is nothing to build
 */
async function bundle(run, examined, published) {
    const { inputs, surroundings, stage, record } = run;
    const { root } = examined.workspace;
    if ((0,report/* hasFailingFindings */.PS)(examined.findings.open, inputs.failOn))
        throw new stages_stage/* StageError */.Zu('rules', 'nothing was built: mend the findings first');
    const states = examined.desired.plugins.filter(({ plugin }) => plugin.web?.manifest !== undefined);
    if (states.length === 0)
        throw new Error('no plugin of the repository has a browser side with a manifest');
    requireFolderNames(states);
    const target = requireTarget(root, inputs.bundle.directory);
    // No image comes of it: no tag moves.
    const image = { ...inputs.image, names: [], push: false };
    const plan = await stage('prepare', () => (0,image_plan/* planBuild */.C7)({ ...inputs, image }, root, surroundings.event, published));
    record({ notes: plan.notes });
    if (inputs.dryRun) {
        record({
            notes: [`Dry run: would build ${(0,wording/* plural */.LS)(states.length, 'bundle')} into ${inputs.bundle.directory}.`],
        });
        return;
    }
    await (0,deploy.withDocker)(run, (docker) => (0,temporary/* withTemporaryDirectory */.n)(async (directory) => {
        const printed = await stage('image', () => bundle_build(run, docker, { examined, states, plan, directory }));
        const built = states.map((state) => readBuilt(run, state, directory));
        judge(run, examined, { states, built, printed });
        record({
            bundles: {
                directory: inputs.bundle.directory,
                publicUrl: inputs.bundle.publicUrl,
                plugins: write(built, { root, from: directory, target }),
            },
        });
    }));
}
/** @throws when a name or a version can't be a folder in an address */
function requireFolderNames(states) {
    const wrong = states.filter(({ plugin }) => !(0,hosted/* isFolderName */.OB)(plugin.name) || !(0,hosted/* isFolderName */.OB)(versionOf(plugin.web?.manifest?.value)));
    if (wrong.length > 0)
        throw new Error(`${(0,wording/* listed */.KE)(wrong.map(({ plugin }) => plugin.name))}: name and version become folders in an address, so both need letters, digits, ., _, + and - only, and the manifest a version`);
}
function versionOf(manifest) {
    return (0,json/* stringAt */.bX)(manifest, 'version') ?? '';
}
/** The directory that gets the files. @throws when it is not one inside the repository */
function requireTarget(root, directory) {
    const target = (0,external_node_path_.join)(root, directory);
    if (target === root || !staysInside(root, target))
        throw new Error(`bundle-dir: ${directory} must be a directory of its own inside the repository`);
    return target;
}
/** Whether what is written to a path stays in the repository: a link on the way may lead anywhere. */
function staysInside(root, path) {
    if (!(0,lib_files/* isInside */.FK)(root, path))
        return false;
    const stat = (0,external_node_fs_.lstatSync)(path, { throwIfNoEntry: false });
    if (stat)
        return stat.isDirectory() && (0,lib_files/* isInside */.FK)(root, (0,external_node_fs_.realpathSync)(path));
    return staysInside(root, (0,external_node_path_.dirname)(path));
}
/** Builds every browser side with the toolchain of the base image. @returns what the build printed of errors */
async function bundle_build({ inputs }, docker, { examined, states, plan, directory, }) {
    const { workspace } = examined;
    const base = await (0,image_base/* findBaseImage */.A3)(docker, inputs.image.baseImage);
    const overlay = (0,image_overlay/* planOverlay */.uB)(states, undefined, undefined);
    const files = {
        root: workspace.root,
        dockerfile: (0,image_overlay/* bundleDockerfile */.VB)(base, (0,image_overlay/* secretIds */.bT)(inputs.image.buildSecrets)),
        plan: {
            ...overlay,
            // Where it is offered in an image has no say here.
            plugins: overlay.plugins.map((plugin) => ({ ...plugin, bundle: true })),
            bundlesOnly: true,
            appDir: inputs.image.appDir,
            epochSeconds: plan.epochSeconds,
        },
        plugins: workspace.plugins,
        lockfile: workspace.pluginsOnly ? undefined : (0,lib_files/* repositoryText */.g_)(workspace.root, layout/* layout */.Zp.pnpmLock),
        dockerIgnore: workspace.pluginsOnly ? undefined : workspace.dockerIgnore?.text,
    };
    const log = [];
    const keeping = (line) => {
        log.push(line);
        docker.onLine(line);
    };
    await (0,overlay_context/* withOverlayContext */.i)(files, (context) => (0,build/* buildFiles */.CB)({ ...docker, onLine: keeping }, { ...plan.plan, ...context, labels: {}, buildArgs: [], platforms: [] }, plan.epochSeconds, directory));
    return (0,build_log/* printedErrors */.Y)(log);
}
function readBuilt({ inputs }, { plugin }, directory) {
    const { publicUrl, sourceMaps } = inputs.bundle;
    const { name } = plugin;
    const manifest = (0,json/* asObject */.eB)(plugin.web?.manifest?.value) ?? {};
    const version = versionOf(manifest);
    const from = (0,external_node_path_.join)(directory, name);
    // A link in its place would lead out of the directory.
    const isThere = (0,external_node_fs_.lstatSync)(from, { throwIfNoEntry: false })?.isDirectory() === true;
    const files = (isThere ? listBundle(from) : []).filter(({ path }) => sourceMaps || !path.endsWith('.map'));
    const address = (0,hosted/* hostedFolder */.G$)(publicUrl, version, name);
    return {
        name,
        version,
        file: plugin.web?.manifest?.path ?? plugin.directory,
        folder: `${version}/${name}`,
        manifest: (0,hosted/* hostedManifest */.T8)(manifest, name, address),
        url: `${address}/index.js`,
        scripts: readScripts(from, files),
        files,
    };
}
/** Stops before anything is written when a bundle is not what a host could serve. */
function judge({ inputs, record }, { workspace, declarations, desired, findings: before }, { states, built, printed, }) {
    const source = { root: workspace.root, declarations };
    const loader = (0,lib_files/* repositoryText */.g_)(workspace.root, layout/* layout */.Zp.loaderTs);
    const subject = {
        // Each of them must be there, wherever an image would offer it.
        desired: {
            ...desired,
            plugins: states.map((state) => ({ ...state, wanted: { ...state.wanted, registry: true } })),
        },
        installListFile: '',
        contents: {
            serverConfig: true,
            registry: null,
            backendRegistry: null,
            bundles: built.map(({ name, scripts }) => ({ name, files: [...scripts] })),
        },
        loaderModules: loader === undefined ? undefined : (0,source_loader/* readLoaderModules */.T)({ path: layout/* layout */.Zp.loaderTs, text: loader }),
        printed,
    };
    const ofBundles = catalogue/* catalogue */.sW.image.filter(({ id }) => id.startsWith('image/bundle-') || id.startsWith('build/'));
    const all = (0,findings/* joinFindings */.pZ)(before, (0,findings/* findings */.Pg)(ofBundles, subject, source), (0,findings/* findings */.Pg)(catalogue/* catalogue */.sW.bundle, { plugins: built }, source));
    record({ findings: (0,report/* reportFindings */.LH)(all.open), accepted: [...all.accepted] });
    if ((0,report/* hasFailingFindings */.PS)(all.open, inputs.failOn))
        throw new stages_stage/* StageError */.Zu('bundle', 'nothing was written: the bundles have the faults that the findings name');
}
/** Writes the files, a manifest for each plugin, and one file with all manifests. */
function write(built, { root, from, target }) {
    (0,external_node_fs_.mkdirSync)(target, { recursive: true });
    for (const { name, folder, files, manifest } of built) {
        if (!staysInside(root, (0,external_node_path_.join)(target, folder)))
            throw new Error(`${folder} in ${target} leads out of the repository, or is no directory: remove it`);
        placeBundle((0,external_node_path_.join)(from, name), files, (0,external_node_path_.join)(target, folder));
        writeJson((0,external_node_path_.join)(target, `${name}.manifest.json`), manifest);
    }
    writeJson((0,external_node_path_.join)(target, 'manifests.json'), built.map(({ manifest }) => manifest));
    return built.map(({ name, version, url, files }) => ({
        name,
        version,
        url,
        manifest: `${name}.manifest.json`,
        files: files.length,
        bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    }));
}


/***/ })

};
