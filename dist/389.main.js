export const id = 389;
export const ids = [389];
export const modules = {

/***/ 389:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   packArchive: () => (/* binding */ packArchive),
/* harmony export */   sizeWarning: () => (/* binding */ sizeWarning)
/* harmony export */ });
/* unused harmony export LARGEST_BYTES */
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8474);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3024);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1455);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(7075);
/* harmony import */ var node_stream_promises__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(6466);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8522);
/* harmony import */ var _project_error_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(8565);








const MEBIBYTE = 1024 * 1024;
/** What LangSmith takes of an archive, compressed; the upload is refused beyond it. */
const LARGEST_BYTES = 200 * MEBIBYTE;
/** From here on the archive most likely holds what does not belong there. LangSmith's own tool warns here too. */
const REMARKABLE_BYTES = 50 * MEBIBYTE;
/** What gzip and tar use when nothing is said. */
const LEVEL = 6;
/** What is handed over at a time, to read, to compress and to write. */
const BLOCK_BYTES = 256 * 1024;
/** Blocks that are filled while gzip is busy, and those that can be under way at once: these, and one at each end. */
const BLOCKS_AHEAD = 4;
const BLOCKS = 2 * BLOCKS_AHEAD;
/** Files up to this size are read in one go. */
const SMALL_BYTES = 64 * 1024;
const NAMED_AT_MOST = 10;
/**
 * Packs entries into a gzipped tar file, one after the other in the order given. The same entries with the same contents
 * make the same bytes: no time, owner or umask gets in. Memory grows neither with the files nor with the archive.
 *
 * @param file where to write it; replaced when it is there, removed again when the packing fails
 * @param options.largestBytes stops as soon as the compressed file is larger
 * @param options.signal stops the packing, which is then refused with the signal's reason
 * @throws {ProjectError} when the archive gets too large, or a file cannot be read or changes while it is
 */
async function packArchive(entries, file, options = {}) {
    const { largestBytes = LARGEST_BYTES, signal } = options;
    signal?.throwIfAborted();
    const { pack } = await __webpack_require__.e(/* import() */ 118).then(__webpack_require__.t.bind(__webpack_require__, 6118, 19));
    const tar = pack();
    const hash = (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256');
    const output = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.createWriteStream)(file, { mode: 0o600 });
    let bytes = 0;
    // A file that fails breaks the whole chain off, also before anybody has begun to read from the tar.
    const broken = new AbortController();
    let failure;
    tar.on('error', () => { });
    const filled = fill(tar, entries).then(() => tar.finalize(), (error) => {
        // Anything else only follows from the chain's breaking off at another place.
        if (error instanceof _project_error_js__WEBPACK_IMPORTED_MODULE_7__.ProjectError)
            failure = error;
        broken.abort(error);
        tar.destroy();
    });
    try {
        await (0,node_stream_promises__WEBPACK_IMPORTED_MODULE_5__.pipeline)(node_stream__WEBPACK_IMPORTED_MODULE_4__.Readable.from(inBlocks(tar), { objectMode: true, highWaterMark: BLOCKS_AHEAD }), (0,node_zlib__WEBPACK_IMPORTED_MODULE_6__.createGzip)({ level: LEVEL, chunkSize: BLOCK_BYTES }), async function* (compressed) {
            for await (const piece of compressed) {
                if (bytes === 0)
                    hideSystem(piece);
                bytes += piece.byteLength;
                if (bytes > largestBytes)
                    throw tooLarge(entries, largestBytes);
                hash.update(piece);
                yield piece;
            }
        }, output, { signal: AbortSignal.any([broken.signal, ...(signal ? [signal] : [])]) });
    }
    catch (error) {
        tar.destroy();
        await filled;
        // Until it is closed the file could come back, or stay open.
        if (!output.closed)
            await (0,node_events__WEBPACK_IMPORTED_MODULE_1__.once)(output, 'close').catch(() => undefined);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.rm)(file, { force: true });
        signal?.throwIfAborted();
        throw failure ?? error;
    }
    return { bytes, sha256: hash.digest('hex'), entries: entries.length };
}
/** What to say of a large archive that LangSmith still takes; nothing below 50 MiB. */
function sizeWarning({ bytes }, entries) {
    if (bytes < REMARKABLE_BYTES)
        return undefined;
    return `The archive has ${inMebibytes(bytes)} compressed; beyond ${inMebibytes(LARGEST_BYTES)} LangSmith refuses it. ${advice(entries)}`;
}
async function fill(tar, entries) {
    for (const entry of entries) {
        if (entry.kind === 'file')
            await addFile(tar, entry);
        else if (entry.kind === 'link')
            await addLink(tar, entry);
        else
            await add(tar, { name: `${entry.path}/`, type: 'directory', mode: 0o755 });
    }
}
/** No owner and the beginning of time, whoever packs and whenever. */
const ANONYMOUS = { uid: 0, gid: 0, uname: '', gname: '', mtime: new Date(0) };
/** Resolves when the archive has taken all of the entry; `content` is what follows the header. */
async function add(tar, header, content) {
    let copied = Promise.resolve();
    const taken = new Promise((done, fail) => {
        const settle = (error) => (error ? fail(error) : done());
        const entry = { ...ANONYMOUS, ...header };
        const sink = Buffer.isBuffer(content) ? tar.entry(entry, content, settle) : tar.entry(entry, settle);
        sink.on('error', fail);
        if (typeof content === 'function')
            copied = content(sink).then(() => void sink.end(null));
        copied.catch(fail);
    });
    // Both, so that no file is still open behind a failure.
    const outcomes = await Promise.allSettled([copied, taken]);
    for (const outcome of outcomes)
        if (outcome.status === 'rejected')
            throw outcome.reason;
}
function addLink(tar, { path, target }) {
    // The fixed fields of a header are ASCII; the library minds that in names, not in targets.
    const isPlain = Buffer.byteLength(target) === target.length;
    return add(tar, { name: path, type: 'symlink', linkname: target, mode: 0o777, ...(isPlain ? {} : { pax: {} }) });
}
function addFile(tar, entry) {
    const { path, size, executable } = entry;
    const header = { name: path, type: 'file', size, mode: executable ? 0o755 : 0o644 };
    return add(tar, header, size <= SMALL_BYTES ? readSmall(entry) : (sink) => copyLarge(entry, sink));
}
/** Never follows a link or waits for a writer, should something else have taken the place of the file. */
const READ = node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_RDONLY | (node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_NOFOLLOW ?? 0) | (node_fs__WEBPACK_IMPORTED_MODULE_2__.constants.O_NONBLOCK ?? 0);
/** In one go and without the thread pool, whose detours take longer than a small file does. */
function readSmall(entry) {
    // One byte more, to notice a file that has grown.
    const buffer = Buffer.allocUnsafe(entry.size + 1);
    let length = 0;
    try {
        const descriptor = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.openSync)(entry.source, READ);
        try {
            for (let read = -1; read !== 0 && length < buffer.length; length += read) {
                read = (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.readSync)(descriptor, buffer, length, buffer.length - length, null);
            }
        }
        finally {
            (0,node_fs__WEBPACK_IMPORTED_MODULE_2__.closeSync)(descriptor);
        }
    }
    catch (error) {
        throw unreadable(entry, error);
    }
    if (length !== entry.size)
        throw changed(entry);
    return buffer.subarray(0, length);
}
async function copyLarge(entry, sink) {
    const file = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.open)(entry.source, READ).catch((error) => {
        throw unreadable(entry, error);
    });
    try {
        // The archive takes a full block only when it is done with the one before. Fresh ones would pile up until collected.
        const [first, second] = [newBlock(entry), newBlock(entry)];
        let left = entry.size;
        // As above, up to one byte behind the end.
        for (let block = first; left >= 0 && !sink.destroyed; block = block === first ? second : first) {
            const length = await readInto(block, entry, file);
            if (length > left || (length === 0 && left > 0))
                throw changed(entry);
            if (length === 0)
                return;
            left -= length;
            if (!sink.write(block.subarray(0, length)))
                await drained(sink);
        }
    }
    finally {
        await file.close();
    }
}
function newBlock({ size }) {
    return Buffer.allocUnsafeSlow(Math.min(BLOCK_BYTES, size + 1));
}
/** Fills the block, or as much of it as the file still has; returns the length. */
async function readInto(block, entry, file) {
    try {
        let length = 0;
        for (let read = -1; read !== 0 && length < block.length; length += read) {
            read = (await file.read(block, length, block.length - length, null)).bytesRead;
        }
        return length;
    }
    catch (error) {
        throw unreadable(entry, error);
    }
}
/** Resolves when the sink takes more, or is no longer there to take any. */
function drained(sink) {
    return new Promise((done) => {
        if (sink.destroyed)
            return done();
        const settle = () => {
            sink.off('drain', settle);
            sink.off('close', settle);
            done();
        };
        sink.on('drain', settle);
        sink.on('close', settle);
    });
}
/**
 * The same bytes in blocks of one size. A tar of small files comes in tiny pieces, and each would take a trip to the
 * thread that compresses.
 */
async function* inBlocks(pieces) {
    // Several in turn, for some are read ahead while one is compressed.
    const blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(BLOCK_BYTES));
    let turn = 0;
    let block = blocks[0];
    let length = 0;
    for await (const piece of pieces) {
        for (let from = 0; from < piece.length;) {
            const taken = Math.min(piece.length - from, BLOCK_BYTES - length);
            block.set(piece.subarray(from, from + taken), length);
            from += taken;
            length += taken;
            if (length < BLOCK_BYTES)
                continue;
            yield block;
            turn = (turn + 1) % BLOCKS;
            block = blocks[turn];
            length = 0;
        }
    }
    if (length > 0)
        yield block.subarray(0, length);
}
/** Byte 9 of a gzip file names the operating system that made it; 255 is "unknown". See RFC 1952, section 2.3.1. */
function hideSystem(firstPiece) {
    firstPiece[9] = 255;
}
function unreadable(entry, error) {
    return new _project_error_js__WEBPACK_IMPORTED_MODULE_7__.ProjectError([`${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_7__/* .shown */ .SP)(entry.path)} ${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_7__/* .inWords */ .r4)(error)}.`]);
}
function changed({ path }) {
    return new _project_error_js__WEBPACK_IMPORTED_MODULE_7__.ProjectError([
        `${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_7__/* .shown */ .SP)(path)} changed its size while it was packed. Let whatever writes to it finish first, or leave it out with a line in .dockerignore.`
    ]);
}
function tooLarge(entries, largestBytes) {
    return new _project_error_js__WEBPACK_IMPORTED_MODULE_7__.ProjectError([
        `The archive is too large: it passes ${inMebibytes(largestBytes)} compressed, the most that LangSmith takes. ${advice(entries)}`
    ]);
}
function advice(entries) {
    const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size);
    const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${(0,_project_error_js__WEBPACK_IMPORTED_MODULE_7__/* .shown */ .SP)(path)} (${inMebibytes(size)})`);
    return `Leave out what the agent does not need with lines in .dockerignore or .gitignore. The largest files: ${named.join(', ')}.`;
}
function inMebibytes(bytes) {
    return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}


/***/ })

};
