export const id = 623;
export const ids = [623];
export const modules = {

/***/ 7623:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   rollback: () => (/* binding */ rollback)
/* harmony export */ });
/* harmony import */ var _declarations_types_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1512);
/* harmony import */ var _docker_registry_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6009);
/* harmony import */ var _formats_image_reference_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(6137);
/* harmony import */ var _image_plan_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6685);
/* harmony import */ var _image_predecessor_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3524);
/* harmony import */ var _image_tags_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(992);
/* harmony import */ var _deploy_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6749);
/* harmony import */ var _prove_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(989);
/* harmony import */ var _tags_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(2270);









/**
 * Points the tags at an earlier image again, once that image is proven. The checked-out files have no say in it: they
 * are newer than that image, and may be what is broken.
 * @throws {StageError} when a stage fails
 */
async function rollback(run) {
    const { inputs, surroundings, stage, record } = run;
    // The tag of a commit always names that commit's image: only what is given, or names a line of images, goes back.
    const references = await stage('prepare', () => (0,_image_plan_js__WEBPACK_IMPORTED_MODULE_2__/* .planReferences */ .Ej)(inputs.image, surroundings.event, ''));
    await (0,_deploy_js__WEBPACK_IMPORTED_MODULE_5__.withDocker)(run, async (docker) => {
        const targets = await stage('tags', () => (0,_image_tags_js__WEBPACK_IMPORTED_MODULE_4__/* .readTargets */ .R0)(docker, references));
        const digest = await stage('tags', () => chooseDigest(docker, inputs.to, targets));
        const name = (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .Vb)(references[0] ?? '');
        const image = { digest, reference: `${name}@${digest}`, pushed: true };
        const reported = { name, digest, tags: [], platforms: [] };
        record({ image: reported });
        const moving = targets.filter(({ before }) => before !== digest);
        if (moving.length === 0) {
            record({
                notes: [
                    `Nothing to do: ${references.join(', ')} already ${references.length === 1 ? 'points' : 'point'} at ${digest}.`,
                ],
            });
            return;
        }
        const sentence = moving.map(({ reference, before }) => `${reference} from ${before}`).join(', ');
        if (inputs.dryRun) {
            record({ notes: [`Dry run: would prove ${image.reference}, and then move back to it: ${sentence}.`] });
            return;
        }
        await proveAgain(run, docker, image);
        await stage('tags', async () => {
            const now = await (0,_image_tags_js__WEBPACK_IMPORTED_MODULE_4__/* .readTargets */ .R0)(docker, references);
            requireUnchanged(targets, now);
            await (0,_tags_js__WEBPACK_IMPORTED_MODULE_7__/* .tags */ ._)(run, docker, { image, targets: now, reported });
        });
        record({ notes: [`Moved back to ${digest}: ${sentence}.`] });
    });
}
/** Proves the image as `verify` and `browser` ask for, by what it holds itself. */
async function proveAgain(run, docker, image) {
    const { inputs, surroundings, stage, record } = run;
    if (inputs.verify === 'none')
        record({ notes: ['The services of the image were not proven: verify is none.'] });
    const proven = inputs.verify === 'none' ? undefined : await stage('prove', () => (0,_prove_js__WEBPACK_IMPORTED_MODULE_6__/* .proveByItself */ .D_)(run, docker, image));
    const { browserByItself } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(654)]).then(__webpack_require__.bind(__webpack_require__, 3654));
    await stage('browser', () => browserByItself(run, docker, image));
    if (!proven || inputs.verify !== 'boot')
        return;
    const { boot, promiseOfImage } = await Promise.all(/* import() */[__webpack_require__.e(816), __webpack_require__.e(564), __webpack_require__.e(330)]).then(__webpack_require__.bind(__webpack_require__, 1330));
    const { probe } = proven;
    const promise = promiseOfImage(probe, probe.contents ? (0,_prove_js__WEBPACK_IMPORTED_MODULE_6__/* .offeredPlugins */ .eW)(probe.contents) : []);
    const source = { root: surroundings.root, declarations: _declarations_types_js__WEBPACK_IMPORTED_MODULE_0__/* .noDeclarations */ .L };
    await stage('boot', () => boot(run, docker, { image, proven, promise, source }));
}
/**
 * Decides which digest the tags go back to: the one asked for, or the predecessor that the current image records.
 * An image records the one that was there when it was deployed, and a rollback changes no image: so a second rollback
 * goes one further back, and never forward again.
 * @throws when there is none, with what to do
 */
async function chooseDigest(docker, to, targets) {
    const absent = targets.filter(({ before }) => before === undefined).map(({ reference }) => reference);
    if (absent.length > 0)
        throw new Error(`the container registry has no ${absent.join(', ')}: a rollback moves only tags that exist, so name only those in \`tags\``);
    const digest = to === '' ? await recordedPredecessor(docker, targets) : to;
    for (const name of new Set(targets.map(({ reference }) => (0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_8__/* .nameOf */ .Vb)(reference))))
        if ((await (0,_docker_registry_js__WEBPACK_IMPORTED_MODULE_1__/* .digestOf */ .ol)(docker, `${name}@${digest}`)) === undefined)
            throw new Error(`the container registry has no ${name}@${digest}${to === '' ? ', which the current image records as its predecessor (an image without a tag may have been cleaned up)' : ''}: give \`to\` a digest that it has`);
    return digest;
}
async function recordedPredecessor(docker, targets) {
    if (new Set(targets.map(({ before }) => before)).size > 1)
        throw new Error(`the tags point at different images (${targets.map(({ reference, before }) => `${reference} at ${before}`).join(', ')}): give \`to\` the digest that all of them should go back to, or name in \`tags\` only those that belong together`);
    const current = await (0,_image_predecessor_js__WEBPACK_IMPORTED_MODULE_3__/* .currentImage */ .NP)(docker, targets);
    const previous = current?.labels[_image_predecessor_js__WEBPACK_IMPORTED_MODULE_3__/* .PREVIOUS_DIGEST_LABEL */ .It] || undefined;
    if (previous === undefined)
        throw new Error(`${current?.digest}, where the tags point now, records no predecessor (label ${_image_predecessor_js__WEBPACK_IMPORTED_MODULE_3__/* .PREVIOUS_DIGEST_LABEL */ .It}): give \`to\` the digest to go back to`);
    if (!(0,_formats_image_reference_js__WEBPACK_IMPORTED_MODULE_8__/* .isDigest */ .Bc)(previous))
        throw new Error(`${current?.digest} records ${JSON.stringify(previous)} as its predecessor, which is not a digest: give \`to\` the digest to go back to`);
    return previous;
}
/** @throws when another run has moved a tag since the digest was chosen: that digest may now be the wrong one */
function requireUnchanged(targets, now) {
    for (const [index, { reference, before }] of targets.entries())
        if (now[index]?.before !== before)
            throw new Error(`${reference} was moved to ${now[index]?.before ?? 'nothing'} by another run in the meantime, so no tag was moved: run this again if the rollback is still wanted`);
}


/***/ })

};
