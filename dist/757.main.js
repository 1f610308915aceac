export const id = 757;
export const ids = [757,599];
export const modules = {

/***/ 2599:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   ToolError: () => (/* binding */ ToolError),
/* harmony export */   runTool: () => (/* binding */ runTool)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1421);
/* harmony import */ var _run_limits_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1298);
/* harmony import */ var _run_sentence_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(857);



class ToolError extends Error {
    name = 'ToolError';
    isAbsent;
    constructor(message, isAbsent = false) {
        super(message);
        this.isAbsent = isAbsent;
    }
}
const MOST_BYTES = 16 * 1024 * 1024;
const LONGEST_LINE = 500;
async function runTool({ command, args, environment, limits, mostMs }) {
    (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
    const ms = Math.ceil(Math.min(mostMs, limits.deadline - limits.clock.now()));
    const tooLong = AbortSignal.timeout(ms);
    const signal = AbortSignal.any([limits.cancelled, tooLong]);
    try {
        return await start(command, args, environment, signal);
    }
    catch (error) {
        if (limits.cancelled.aborted)
            throw new _run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .CancelledError */ .cc();
        (0,_run_limits_js__WEBPACK_IMPORTED_MODULE_1__/* .checkLimits */ .J5)(limits);
        if (tooLong.aborted)
            throw new ToolError(`${command} did not end within ${Math.round(ms / 1_000)} s`);
        throw error;
    }
}
function start(command, args, env, signal) {
    return new Promise((resolve, reject) => {
        const options = { env: { ...env }, maxBuffer: MOST_BYTES, windowsHide: true, signal };
        const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.execFile)(command, [...args], options, (error, stdout, stderr) => {
            if (!error)
                resolve(stdout);
            else if (error.code === 'ENOENT')
                reject(new ToolError(`${command} is not installed`, true));
            else
                reject(new ToolError(lastWords(stderr) ?? lastWords(stdout) ?? `${command} failed without output`));
        });
        child.stdin?.end();
    });
}
function lastWords(output) {
    const lines = output.split(/\r?\n/).map((line) => line.trim());
    const last = lines.findLast((line) => line !== '' && !/^(?:run|see) '[^']* --help'|^usage:/i.test(line));
    if (last === undefined)
        return undefined;
    const [, quoted] = /\bmsg="((?:[^"\\]|\\.)*)"/.exec(last) ?? [];
    const text = quoted === undefined ? last.replace(/^error:\s*/i, '') : quoted.replace(/\\(["\\])/g, '$1');
    return (0,_run_sentence_js__WEBPACK_IMPORTED_MODULE_2__/* .clause */ .s)(text.slice(0, LONGEST_LINE));
}


/***/ }),

/***/ 9757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   PLATFORM: () => (/* binding */ PLATFORM),
/* harmony export */   m: () => (/* binding */ IMAGE_TOOLS)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var _control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(566);
/* harmony import */ var _run_object_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1379);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2599);






const PLATFORM = 'linux/amd64';
const docker = {
    name: 'docker',
    sees: 'daemon',
    look: async (ask, image) => {
        const [seen] = asList(readJsonText(await ask('docker', ['image', 'inspect', image])));
        const { Os, Architecture, Id } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(seen) ?? {};
        return { platforms: [`${Os}/${Architecture}`], identity: hexOf(Id) ?? hash(`${Id}`) };
    },
    push: async (ask, image, target, { dockerFolder }) => {
        await ask('docker', ['image', 'tag', image, target]);
        try {
            const said = await ask('docker', ['image', 'push', target], { DOCKER_CONFIG: dockerFolder });
            return digestIn(/\bdigest: (\S+)/.exec(said)?.[1]);
        }
        finally {
            await ask('docker', ['image', 'rm', target]).catch(() => { });
        }
    }
};
const skopeo = {
    name: 'skopeo',
    sees: 'registry',
    look: (ask, image) => {
        const inspect = ['inspect', ...plainHttp('--tls-verify', image), '--raw'];
        return seenIn(() => ask('skopeo', [...inspect, of(image)]), () => ask('skopeo', [...inspect, '--config', of(image)]));
    },
    push: async (ask, image, target, { folder, authFile }) => {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(folder, 'digest');
        const way = [...plainHttp('--src-tls-verify', image), ...plainHttp('--dest-tls-verify', target)];
        await ask('skopeo', ['copy', ...way, '--dest-authfile', authFile, '--digestfile', file, of(image), of(target)]);
        return digestIn(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file, 'utf8'));
    }
};
function of(image) {
    return `docker://${image.replace(/:[^:/@]+(?=@)/, '')}`;
}
function plainHttp(option, image) {
    const host = image.split('/')[0] ?? '';
    return (0,_control_plane_hosts_js__WEBPACK_IMPORTED_MODULE_3__/* .isLoopback */ .U9)(host.replace(/:\d+$/, '')) ? [`${option}=false`] : [];
}
const crane = {
    name: 'crane',
    sees: 'registry',
    look: (ask, image) => seenIn(() => ask('crane', ['manifest', image]), () => ask('crane', ['config', image])),
    push: async (ask, image, target, { dockerFolder }) => {
        const variables = { DOCKER_CONFIG: dockerFolder };
        await ask('crane', ['copy', image, target], variables);
        return digestIn(await ask('crane', ['digest', target], variables));
    }
};
const buildx = {
    name: 'docker buildx',
    sees: 'registry',
    look: async (ask, image) => {
        const { manifest, image: config } = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(readJsonText(await askBuildx(ask, [...IMAGETOOLS, 'inspect', '--format', '{{json .}}', image]))) ?? {};
        const configs = (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(config) ?? {};
        const platforms = 'architecture' in configs ? [platformOf(configs)] : Object.keys(configs);
        return { platforms, identity: hexOf((0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(manifest)?.digest) ?? hash(JSON.stringify(config)) };
    },
    push: async (ask, image, target, { dockerFolder }) => {
        const variables = { DOCKER_CONFIG: dockerFolder };
        await ask('docker', [...IMAGETOOLS, 'create', '--tag', target, image], variables);
        const manifest = readJsonText(await ask('docker', [...IMAGETOOLS, 'inspect', '--format', '{{json .Manifest}}', target], variables));
        return digestIn((0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(manifest)?.digest);
    }
};
const IMAGETOOLS = ['buildx', 'imagetools'];
async function askBuildx(ask, args) {
    try {
        return await ask('docker', args);
    }
    catch (error) {
        const isAbsent = error instanceof _process_js__WEBPACK_IMPORTED_MODULE_4__.ToolError && /unknown (?:shorthand )?flag|is not a docker command/.test(error.message);
        throw isAbsent ? new _process_js__WEBPACK_IMPORTED_MODULE_4__.ToolError(error.message, true) : error;
    }
}
const dockerAfterPull = {
    ...docker,
    name: 'docker pull',
    sees: 'registry',
    look: async (ask, image) => {
        await ask('docker', ['image', 'pull', '--quiet', '--platform', PLATFORM, image]);
        return docker.look(ask, image);
    }
};
const IMAGE_TOOLS = [docker, skopeo, crane, buildx, dockerAfterPull];
async function seenIn(readManifest, readConfig) {
    const raw = await readManifest();
    const variants = asList((0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(readJsonText(raw))?.manifests).map((variant) => (0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(variant) ?? {});
    if (variants.length === 0) {
        const identity = hash(raw);
        return {
            platforms: [platformOf((0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(readJsonText(await readConfig())) ?? {})],
            identity,
            digest: `sha256:${identity}`
        };
    }
    const platforms = variants.map(({ platform }) => platformOf((0,_run_object_js__WEBPACK_IMPORTED_MODULE_5__/* .object */ .I)(platform) ?? {}));
    const digest = variants[platforms.indexOf(PLATFORM)]?.digest;
    return {
        platforms: platforms.filter((platform) => !/\b(?:unknown|undefined)\b/.test(platform)),
        identity: hexOf(digest) ?? hash(raw),
        digest: hexOf(digest) && `${digest}`
    };
}
function platformOf({ os, architecture }) {
    return `${os}/${architecture}`;
}
function readJsonText(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new _process_js__WEBPACK_IMPORTED_MODULE_4__.ToolError('its output cannot be parsed');
    }
}
function asList(value) {
    return Array.isArray(value) ? value : [];
}
function hash(text) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(text).digest('hex');
}
function hexOf(digest) {
    return typeof digest === 'string' ? /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1] : undefined;
}
function digestIn(text) {
    const digest = typeof text === 'string' ? text.trim() : '';
    if (hexOf(digest) === undefined)
        throw new _process_js__WEBPACK_IMPORTED_MODULE_4__.ToolError('it did not report the digest of the pushed image');
    return digest;
}


/***/ })

};
