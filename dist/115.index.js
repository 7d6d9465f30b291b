export const id = 115;
export const ids = [115];
export const modules = {

/***/ 1703:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GF: () => (/* binding */ writeJson),
/* harmony export */   b4: () => (/* binding */ readScripts),
/* harmony export */   ey: () => (/* binding */ placeBundle),
/* harmony export */   tK: () => (/* binding */ listBundle)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);



/** Far more than a bundle has; the limit is here since the files that a build wrote are not trusted. */
const MAX_FILES = 5000;
const MAX_BYTES = 256 * 1024 * 1024;
/**
 * Lists the regular files of a plugin's folder, sorted. Links are left out: they could lead anywhere.
 * @throws when there are more than a bundle can have
 */
function listBundle(folder) {
    const found = [];
    let total = 0;
    const walk = (below) => {
        for (const entry of (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, below), { withFileTypes: true })) {
            const path = below === '' ? entry.name : `${below}/${entry.name}`;
            if (entry.isDirectory())
                walk(path);
            else if (entry.isFile()) {
                total += (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path)).size;
                if (total > MAX_BYTES)
                    throw new Error(`${folder} holds more than ${MAX_BYTES} bytes`);
                const content = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path));
                const sha256 = (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256').update(content).digest('hex');
                found.push({ path, sha256, bytes: content.length });
            }
            if (found.length > MAX_FILES)
                throw new Error(`${folder} holds more than ${MAX_FILES} files`);
        }
    };
    walk('');
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
/** Reads the scripts of a bundle: their text, the ids they define and their dependencies. */
function readScripts(folder, files) {
    return files
        .filter(({ path }) => path.endsWith('.js') && !path.includes('/'))
        .map(({ path }) => {
        const text = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.readFileSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, path), 'utf8');
        const definition = /\bdefinePlugin\(\s*['"]([^'"]*)['"]\s*,\s*\[([^\]]*)\]/.exec(text);
        if (!definition)
            return { file: path, text };
        const [, id = '', list = ''] = definition;
        const dependencies = [...list.matchAll(/['"]([^'"]*)['"]/g)].map(([, each = '']) => each);
        return { file: path, text, id, dependencies };
    });
}
/** Copies the files of a bundle into a folder, and removes everything that was there before. */
function placeBundle(from, files, to) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(to, { recursive: true, force: true });
    for (const { path } of files) {
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, path)), { recursive: true });
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.cpSync)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(from, path), (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(to, path));
    }
}
/** Writes a value as a JSON file; a link in its place is replaced and not followed. */
function writeJson(file, value) {
    if ((0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(file, { throwIfNoEntry: false })?.isSymbolicLink())
        (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.rmSync)(file);
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.writeFileSync)(file, `${JSON.stringify(value, null, 2)}\n`);
}


/***/ }),

/***/ 2115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   bundle: () => (/* binding */ bundle)
/* harmony export */ });
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3024);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _formats_json_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6916);
/* harmony import */ var _image_base_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4052);
/* harmony import */ var _image_build_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7309);
/* harmony import */ var _image_build_log_js__WEBPACK_IMPORTED_MODULE_20__ = __webpack_require__(9738);
/* harmony import */ var _image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1703);
/* harmony import */ var _image_overlay_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(765);
/* harmony import */ var _image_overlay_context_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(7955);
/* harmony import */ var _image_plan_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6685);
/* harmony import */ var _lib_files_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(5312);
/* harmony import */ var _lib_temporary_js__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(4248);
/* harmony import */ var _lib_wording_js__WEBPACK_IMPORTED_MODULE_19__ = __webpack_require__(1067);
/* harmony import */ var _report_report_js__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(7154);
/* harmony import */ var _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(9152);
/* harmony import */ var _rules_findings_js__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(5501);
/* harmony import */ var _source_loader_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(7494);
/* harmony import */ var _tailchat_hosted_js__WEBPACK_IMPORTED_MODULE_15__ = __webpack_require__(6489);
/* harmony import */ var _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_16__ = __webpack_require__(495);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_17__ = __webpack_require__(6749);
/* harmony import */ var _stage_js__WEBPACK_IMPORTED_MODULE_18__ = __webpack_require__(9573);





















/**
 * Builds the browser sides of all plugins as files for a static host, with manifests that name their addresses. Nothing
 * is written before the files passed the rules.
 * @throws {StageError} when they did not, or there is nothing to build
 */
async function bundle(run, examined, published) {
    const { inputs, surroundings, stage, record } = run;
    const { root } = examined.workspace;
    if ((0,_report_report_js__WEBPACK_IMPORTED_MODULE_11__/* .hasFailingFindings */ .PS)(examined.findings.open, inputs))
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_18__/* .StageError */ .Zu('rules', 'nothing was built: fix the findings first');
    const states = examined.desired.plugins.filter(({ plugin }) => plugin.web?.manifest !== undefined);
    if (states.length === 0)
        throw new Error('no plugin of the repository has a browser side with a manifest');
    requireFolderNames(states);
    const target = requireTarget(root, inputs.bundle.directory);
    // No image comes of it: no tag moves.
    const image = { ...inputs.image, names: [], push: false };
    const plan = await stage('prepare', () => (0,_image_plan_js__WEBPACK_IMPORTED_MODULE_8__/* .planBuild */ .C7)({ image }, { root, event: surroundings.event, published }));
    record({ notes: plan.notes });
    if (inputs.dryRun) {
        record({
            notes: [`Dry run: would build ${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_19__/* .plural */ .LS)(states.length, 'bundle')} into ${inputs.bundle.directory}.`],
        });
        return;
    }
    const { browserOfBundles, requireBrowser } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(654)]).then(__webpack_require__.bind(__webpack_require__, 3654));
    await stage('browser', () => requireBrowser(run));
    await (0,_deploy_js__WEBPACK_IMPORTED_MODULE_17__.withDocker)(run, (docker) => (0,_lib_temporary_js__WEBPACK_IMPORTED_MODULE_10__/* .withTemporaryDirectory */ .n)(async (directory) => {
        const base = await stage('image', () => (0,_image_base_js__WEBPACK_IMPORTED_MODULE_3__/* .findBaseImage */ .A3)(docker, inputs.image.baseImage));
        const printed = await stage('image', () => build(run, docker, { examined, states, plan, base, directory }));
        const built = states.map((state) => readBuilt(run, state, directory));
        const before = judge(run, examined, { states, built, printed });
        const put = states.map((state) => servedPlugin(state, directory));
        await stage('browser', () => browserOfBundles(run, docker, { base: base.reference, examined, before, put }));
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
    const wrong = states.filter(({ plugin }) => !(0,_tailchat_hosted_js__WEBPACK_IMPORTED_MODULE_15__/* .isFolderName */ .OB)(plugin.name) || !(0,_tailchat_hosted_js__WEBPACK_IMPORTED_MODULE_15__/* .isFolderName */ .OB)(versionOf(plugin.web?.manifest?.value)));
    if (wrong.length > 0)
        throw new Error(`${(0,_lib_wording_js__WEBPACK_IMPORTED_MODULE_19__/* .listed */ .KE)(wrong.map(({ plugin }) => plugin.name))}: name and version become folders in an address, so both need letters, digits, ., _, + and - only, and the manifest a version`);
}
function versionOf(manifest) {
    return (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_2__/* .stringAt */ .bX)(manifest, 'version') ?? '';
}
/** The directory that gets the files. @throws when it is not one inside the repository */
function requireTarget(root, directory) {
    const target = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(root, directory);
    if (target === root || !staysInside(root, target))
        throw new Error(`bundle-dir: ${directory} must be a directory of its own inside the repository`);
    return target;
}
/** Whether what is written to a path stays in the repository: a link on the way may lead anywhere. */
function staysInside(root, path) {
    if (!(0,_lib_files_js__WEBPACK_IMPORTED_MODULE_9__/* .isInside */ .FK)(root, path))
        return false;
    const stat = (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(path, { throwIfNoEntry: false });
    if (stat)
        return stat.isDirectory() && (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_9__/* .isInside */ .FK)(root, (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.realpathSync)(path));
    return staysInside(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.dirname)(path));
}
/** Builds every browser side with the toolchain of the base image. @returns what the build printed of errors */
async function build({ inputs }, docker, { examined, states, plan, base, directory, }) {
    const { workspace } = examined;
    const overlay = (0,_image_overlay_js__WEBPACK_IMPORTED_MODULE_6__/* .planOverlay */ .uB)(states, undefined, undefined);
    const files = {
        root: workspace.root,
        dockerfile: (0,_image_overlay_js__WEBPACK_IMPORTED_MODULE_6__/* .bundleDockerfile */ .VB)(base, (0,_image_overlay_js__WEBPACK_IMPORTED_MODULE_6__/* .secretIds */ .bT)(inputs.image.buildSecrets)),
        plan: {
            ...overlay,
            // Where it is offered in an image has no say here.
            plugins: overlay.plugins.map((plugin) => ({ ...plugin, bundle: true })),
            bundlesOnly: true,
            appDir: inputs.image.appDir,
            epochSeconds: plan.plan.epochSeconds,
        },
        plugins: workspace.plugins,
        lockfile: workspace.pluginsOnly ? undefined : (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_9__/* .repositoryText */ .g_)(workspace.root, _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_16__/* .layout */ .Zp.pnpmLock),
        dockerIgnore: workspace.pluginsOnly ? undefined : workspace.dockerIgnore?.text,
    };
    const log = [];
    const keeping = (line) => {
        log.push(line);
        docker.onLine(line);
    };
    await (0,_image_overlay_context_js__WEBPACK_IMPORTED_MODULE_7__/* .withOverlayContext */ .i)(files, (context) => (0,_image_build_js__WEBPACK_IMPORTED_MODULE_4__/* .buildFiles */ .CB)({ ...docker, onLine: keeping }, { ...plan.plan, ...context, labels: {}, buildArgs: [], platforms: [] }, directory));
    return (0,_image_build_log_js__WEBPACK_IMPORTED_MODULE_20__/* .printedErrors */ .Y)(log);
}
function readBuilt({ inputs }, { plugin }, directory) {
    const { publicUrl, sourceMaps } = inputs.bundle;
    const { name } = plugin;
    const manifest = manifestOf(plugin);
    const version = versionOf(manifest);
    const from = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(directory, name);
    const files = filesBelow(from).filter(({ path }) => sourceMaps || !path.endsWith('.map'));
    const address = (0,_tailchat_hosted_js__WEBPACK_IMPORTED_MODULE_15__/* .hostedFolder */ .G$)(publicUrl, version, name);
    return {
        name,
        version,
        file: plugin.web?.manifest?.path ?? plugin.directory,
        folder: `${version}/${name}`,
        manifest: (0,_tailchat_hosted_js__WEBPACK_IMPORTED_MODULE_15__/* .hostedManifest */ .T8)(manifest, name, address),
        url: `${address}/index.js`,
        scripts: (0,_image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__/* .readScripts */ .b4)(from, files),
        files,
    };
}
/** A plugin as the browser gets it: with its source maps, which tell where a fault comes from. */
function servedPlugin({ plugin }, built) {
    const directory = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(built, plugin.name);
    const files = filesBelow(directory).map(({ path }) => path);
    return { name: plugin.name, manifest: manifestOf(plugin), directory, files };
}
function manifestOf({ web }) {
    return (0,_formats_json_js__WEBPACK_IMPORTED_MODULE_2__/* .asObject */ .eB)(web?.manifest?.value) ?? {};
}
/** What a build wrote for a plugin. */
function filesBelow(directory) {
    // A link in its place would lead out of the directory.
    return (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.lstatSync)(directory, { throwIfNoEntry: false })?.isDirectory() ? (0,_image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__/* .listBundle */ .tK)(directory) : [];
}
/** Stops before anything is written when a bundle is not what a host could serve. */
function judge({ inputs, record }, { workspace, declarations, desired, findings: before }, { states, built, printed, }) {
    const source = { root: workspace.root, declarations };
    const loader = (0,_lib_files_js__WEBPACK_IMPORTED_MODULE_9__/* .repositoryText */ .g_)(workspace.root, _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_16__/* .layout */ .Zp.loaderTs);
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
        loaderModules: loader === undefined ? undefined : (0,_source_loader_js__WEBPACK_IMPORTED_MODULE_14__/* .readLoaderModules */ .T)({ path: _tailchat_layout_js__WEBPACK_IMPORTED_MODULE_16__/* .layout */ .Zp.loaderTs, text: loader }),
        printed,
    };
    const ofBundles = _rules_catalogue_js__WEBPACK_IMPORTED_MODULE_12__/* .catalogue */ .sW.image.filter(({ id }) => id.startsWith('image/bundle-') || id.startsWith('build/'));
    const all = (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_13__/* .joinFindings */ .pZ)(before, (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_13__/* .findings */ .Pg)(ofBundles, subject, source), (0,_rules_findings_js__WEBPACK_IMPORTED_MODULE_13__/* .findings */ .Pg)(_rules_catalogue_js__WEBPACK_IMPORTED_MODULE_12__/* .catalogue */ .sW.bundle, { plugins: built }, source));
    record({ findings: (0,_report_report_js__WEBPACK_IMPORTED_MODULE_11__/* .reportFindings */ .LH)(all.open), accepted: [...all.accepted] });
    if ((0,_report_report_js__WEBPACK_IMPORTED_MODULE_11__/* .hasFailingFindings */ .PS)(all.open, inputs))
        throw new _stage_js__WEBPACK_IMPORTED_MODULE_18__/* .StageError */ .Zu('bundle', 'nothing was written: the bundles have the faults that the findings name');
    return all;
}
/** Writes the files, a manifest for each plugin, and one file with all manifests. */
function write(built, { root, from, target }) {
    (0,node_fs__WEBPACK_IMPORTED_MODULE_0__.mkdirSync)(target, { recursive: true });
    for (const { name, folder, files, manifest } of built) {
        if (!staysInside(root, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, folder)))
            throw new Error(`${folder} in ${target} leads out of the repository, or is no directory: remove it`);
        (0,_image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__/* .placeBundle */ .ey)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(from, name), files, (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, folder));
        (0,_image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__/* .writeJson */ .GF)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, `${name}.manifest.json`), manifest);
    }
    (0,_image_bundle_files_js__WEBPACK_IMPORTED_MODULE_5__/* .writeJson */ .GF)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(target, 'manifests.json'), built.map(({ manifest }) => manifest));
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
