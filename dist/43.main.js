export const id = 43;
export const ids = [43];
export const modules = {

/***/ 43:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  packArchive: () => (/* binding */ packArchive),
  sizeWarning: () => (/* binding */ sizeWarning)
});

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:events"
var external_node_events_ = __webpack_require__(8474);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __webpack_require__(7075);
// EXTERNAL MODULE: external "node:stream/promises"
var external_node_stream_promises_ = __webpack_require__(4085);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
// EXTERNAL MODULE: ./build/control-plane/upload.js
var upload = __webpack_require__(4020);
// EXTERNAL MODULE: ./build/archive/project-error.js
var project_error = __webpack_require__(399);
// EXTERNAL MODULE: ./build/archive/line-ends.js
var line_ends = __webpack_require__(130);
// EXTERNAL MODULE: ./build/archive/paths.js
var paths = __webpack_require__(3341);
// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
;// CONCATENATED MODULE: ./build/archive/tar.js

/** Size of a block. Headers and contents fill whole blocks. */
const BLOCK_BYTES = 512;
/**
 * Modification time of all entries, in seconds, the same as that of `npm pack`. Zip files, such as Python wheels, do
 * not support times before 1980.
 */
const TIME = Date.UTC(1985, 9, 26, 8, 15) / 1000;
/** Fields of a header: offset and length. */
const NAME = [0, 100];
const PREFIX = [345, 155];
const SIZE = [124, 12];
/** The smallest size that does not fit into eleven octal digits. */
const LARGE = 8 ** 11;
const KINDS = { file: '0', folder: '5', extension: 'x' };
/**
 * Returns the header of an entry in the POSIX format ustar. A pax extension before it contains the path if the path is
 * too long or not ASCII. The bytes of a path that is not UTF-8 are written unchanged. The header contains no owner, and
 * the same time for all entries.
 *
 * See https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html.
 */
function headerOf({ path, kind, mode, size }) {
    const type = KINDS[kind];
    const isPlain = path.every((byte) => byte < 0x80) || !(0,external_node_buffer_.isUtf8)(path);
    const parts = isPlain ? splitPath(path) : undefined;
    if (parts)
        return block(parts, type, mode, size);
    // Readers without support for extensions see a shortened name.
    const records = [...((0,external_node_buffer_.isUtf8)(path) ? [] : [record('hdrcharset', Buffer.from('BINARY'))]), record('path', path)];
    const extension = Buffer.concat(records);
    return Buffer.concat([
        block([Buffer.from('PaxHeader')], KINDS.extension, 0o644, extension.length),
        extension,
        paddingOf(extension.length),
        block([path.subarray(0, NAME[1])], type, mode, size)
    ]);
}
/** Returns the bytes that fill the last block after a content of this size. */
function paddingOf(size) {
    return Buffer.alloc((BLOCK_BYTES - (size % BLOCK_BYTES)) % BLOCK_BYTES);
}
/** End of a tar file: two empty blocks. */
const END = Buffer.alloc(2 * BLOCK_BYTES);
/** Splits a path that is too long for the name field at a slash; undefined if no slash is at a suitable position. */
function splitPath(path) {
    if (path.length <= NAME[1])
        return [path];
    // A path cannot be split at the slash at the end of a folder.
    const slash = path.subarray(0, Math.min(PREFIX[1] + 1, path.length - 1)).lastIndexOf('/');
    if (slash <= 0 || path.length - slash - 1 > NAME[1])
        return undefined;
    return [path.subarray(slash + 1), path.subarray(0, slash)];
}
function block([name, prefix], type, mode, size) {
    const header = Buffer.alloc(BLOCK_BYTES);
    name.copy(header, NAME[0]);
    header.write(octal(mode, 8), 100);
    header.write(octal(0, 8), 108);
    header.write(octal(0, 8), 116);
    if (size < LARGE)
        header.write(octal(size, SIZE[1]), SIZE[0]);
    else
        writeLarge(header, size);
    header.write(octal(TIME, 12), 136);
    header.write(type, 156);
    header.write('ustar\u000000', 257);
    header.write(octal(0, 8), 329);
    header.write(octal(0, 8), 337);
    prefix?.copy(header, PREFIX[0]);
    // For the checksum, its own field counts as eight blanks.
    header.fill(' ', 148, 156);
    let sum = 0;
    for (const byte of header)
        sum += byte;
    header.write(octal(sum, 7), 148);
    return header;
}
/** Formats an octal number with a NUL at the end, `length` bytes in total. */
function octal(value, length) {
    return `${value.toString(8).padStart(length - 1, '0')}\u0000`;
}
/** Writes a size in GNU's format: a number in base 256 after a byte 0x80. */
function writeLarge(header, size) {
    header[SIZE[0]] = 0x80;
    header.writeBigUInt64BE(BigInt(size), SIZE[0] + SIZE[1] - 8);
}
/** Formats a pax record: `LENGTH KEY=VALUE` and a line feed. The length includes its own digits. */
function record(key, value) {
    const rest = key.length + value.length + 3;
    const digits = [1, 2, 3, 4, 5].find((count) => String(rest + count).length === count) ?? 0;
    return Buffer.concat([Buffer.from(`${rest + digits} ${key}=`), value, Buffer.from('\n')]);
}

;// CONCATENATED MODULE: ./build/archive/tar-stream.js






/** Files up to this size are read in one go. */
const SMALL_BYTES = 64 * 1024;
/** Larger files are read in pieces of this size. */
const PIECE_BYTES = 256 * 1024;
/** Returns the state before the first entry. */
function startPacking() {
    return { packed: 0, changed: [], vanished: [], pointers: [], open: undefined };
}
/**
 * Yields the pieces of a tar file. Each piece is only valid until the next one is requested.
 *
 * @throws {ProjectError} if a file cannot be read, or a file that the configuration names changes
 */
async function* tarOf(entries, packing) {
    for (const entry of entries) {
        if (entry.kind === 'folder') {
            packing.packed += 1;
            yield headerOf({ path: (0,paths/* bytesOf */.$$)(`${entry.path}/`), kind: 'folder', mode: 0o755, size: 0 });
        }
        else if (entry.size <= SMALL_BYTES) {
            const content = readSmall(entry, packing);
            if (content)
                yield Buffer.concat([headerOfFile(entry, content.length), content, paddingOf(content.length)]);
        }
        else
            yield* readLarge(entry, packing);
    }
    yield END;
}
function headerOfFile({ path, executable }, size) {
    return headerOf({ path: (0,paths/* bytesOf */.$$)(path), kind: 'file', mode: executable ? 0o755 : 0o644, size });
}
/** Flags that do not follow a link and do not wait for a writer, in case a link or a pipe has replaced the file. */
const READ = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NOFOLLOW ?? 0) | (external_node_fs_.constants.O_NONBLOCK ?? 0);
/** Beginning of a Git LFS pointer file. See https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md. */
const POINTER = 'version https://git-lfs.github.com/spec/v1\n';
const LARGEST_POINTER = 1024;
/**
 * Reads a small file in one go, synchronously, because the thread pool would take longer than the file itself.
 *
 * @returns undefined if the file no longer exists
 */
function readSmall(entry, packing) {
    // One more byte, to detect a file that has grown.
    const buffer = Buffer.allocUnsafe(entry.size + 1);
    let length = 0;
    try {
        const descriptor = (0,external_node_fs_.openSync)((0,paths/* onDisk */.FC)(entry.source), READ);
        try {
            for (let read = -1; read !== 0 && length < buffer.length; length += read) {
                read = (0,external_node_fs_.readSync)(descriptor, buffer, length, buffer.length - length, null);
            }
        }
        finally {
            (0,external_node_fs_.closeSync)(descriptor);
        }
    }
    catch (error) {
        return noteFailure(entry, packing, error);
    }
    if (length !== entry.size)
        noteChange(entry, packing);
    packing.packed += 1;
    const read = buffer.subarray(0, Math.min(length, entry.size));
    const content = entry.object === undefined ? read : (0,line_ends/* asInIndex */.e$)(read, entry.object);
    if (content.length <= LARGEST_POINTER && content.toString('latin1', 0, POINTER.length) === POINTER) {
        packing.pointers.push(entry.path);
    }
    return content;
}
/** Yields the header and the content of a file in pieces; yields nothing if the file no longer exists. */
async function* readLarge(entry, packing) {
    const file = await (0,promises_.open)((0,paths/* onDisk */.FC)(entry.source), READ).catch((error) => noteFailure(entry, packing, error));
    if (!file)
        return;
    packing.open = file;
    try {
        if (!(await isStillFile(entry, packing, file)))
            return;
        const size = await sizeInIndex(entry, file);
        const converter = size < entry.size ? (0,line_ends/* createConverter */.x1)() : undefined;
        packing.packed += 1;
        yield headerOfFile(entry, size);
        let left = size;
        for await (const piece of piecesOf(entry, file)) {
            const converted = converter?.convert(piece) ?? piece;
            const fitting = converted.subarray(0, left);
            left -= fitting.length;
            yield fitting;
        }
        const rest = (converter?.end() ?? Buffer.alloc(0)).subarray(0, left);
        left -= rest.length;
        yield rest;
        const isLonger = (await readAt(entry, file, Buffer.alloc(1), entry.size)) > 0;
        if (left > 0 || isLonger)
            noteChange(entry, packing);
        // The header already contains the size, so a file that has shrunk is filled with zeros.
        for (; left > 0; left -= PIECE_BYTES)
            yield Buffer.alloc(Math.min(left, PIECE_BYTES));
        yield paddingOf(size);
    }
    finally {
        packing.open = undefined;
        await file.close();
    }
}
/** True if the path still is a file. Otherwise, the change since the listing is noted. */
async function isStillFile(entry, packing, file) {
    const status = await file.stat();
    if (status.isDirectory())
        noteFailure(entry, packing, { code: 'EISDIR' });
    else if (!status.isFile())
        noteChange(entry, packing);
    return status.isFile();
}
/** Yields a file from its beginning, up to its size in the listing. Each piece is only valid until the next one. */
async function* piecesOf(entry, file) {
    const block = Buffer.allocUnsafeSlow(PIECE_BYTES);
    for (let at = 0; at < entry.size;) {
        const length = await readAt(entry, file, block.subarray(0, Math.min(PIECE_BYTES, entry.size - at)), at);
        if (length === 0)
            return;
        at += length;
        yield block.subarray(0, length);
    }
}
async function readAt(entry, file, block, at) {
    const { bytesRead } = await file.read(block, 0, block.length, at).catch((error) => {
        throw unreadable(entry, error);
    });
    return bytesRead;
}
/** Returns the size that a file has with the line endings of git's index; see `asInIndex`. */
async function sizeInIndex(entry, file) {
    const { object, size } = entry;
    if (object === undefined)
        return size;
    const measuring = (0,line_ends/* createConverter */.x1)();
    let converted = 0;
    let isStart = true;
    for await (const piece of piecesOf(entry, file)) {
        if (isStart && (0,line_ends/* isBinary */.Go)(piece))
            return size;
        isStart = false;
        converted += measuring.convert(piece).length;
    }
    converted += measuring.end().length;
    if (converted === size)
        return size;
    const name = (0,line_ends/* createObjectName */.Bi)(object, converted);
    const converter = (0,line_ends/* createConverter */.x1)();
    for await (const piece of piecesOf(entry, file))
        name.update(converter.convert(piece));
    return name.update(converter.end()).digest('hex') === object ? converted : size;
}
/**
 * Formats the results as messages about what the user might want to change (`notices`) or should change (`warnings`).
 */
function packingReport({ changed, vanished, pointers }) {
    return {
        notices: [
            ...(0,project_error/* sentenceAbout */.rp)(changed, (list) => `Files that changed while they were packed, so their contents may be inconsistent: ${list}. ${FINISH}`),
            ...(0,project_error/* sentenceAbout */.rp)(vanished, (list) => `Skipped files that were deleted before they could be packed: ${list}. ${FINISH}`)
        ],
        warnings: (0,project_error/* sentenceAbout */.rp)(pointers, (list) => `These files are Git LFS pointers without their contents: ${list}. Set \`lfs: true\` for actions/checkout, or exclude them in .dockerignore.`)
    };
}
const FINISH = 'Wait until the process that changes them ends, or exclude them in .dockerignore.';
/** Notes a changed file. @throws {ProjectError} if the configuration names the file */
function noteChange(entry, { changed }) {
    if (entry.isNamed) {
        throw new project_error.ProjectError([
            `${(0,project_error/* shown */.SP)(entry.path)} changed size while it was packed. Wait until the process that writes to it ends.`
        ]);
    }
    changed.push(entry.path);
}
/**
 * Notes a file that was deleted or replaced.
 *
 * @throws {ProjectError} for other errors, or if the configuration names it
 */
function noteFailure(entry, { vanished }, error) {
    const isGone = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR'].includes((0,project_error/* fileErrorCode */.c2)(error));
    if (entry.isNamed || !isGone)
        throw unreadable(entry, error);
    vanished.push(entry.path);
}
function unreadable(entry, error) {
    return new project_error.ProjectError([`${(0,project_error/* shown */.SP)(entry.path)} ${(0,project_error/* whyRefused */.fG)(error)}.`]);
}

;// CONCATENATED MODULE: ./build/archive/archive.js










const MEBIBYTE = 1024 * 1024;
/**
 * An archive of this size probably contains files that the agent does not need. LangSmith's CLI warns at this size too.
 */
const REMARKABLE_BYTES = 50 * MEBIBYTE;
/** The default of gzip and tar. */
const LEVEL = 6;
/** Size of the blocks that are compressed and written. */
const CHUNK_BYTES = 256 * 1024;
/** Blocks that are filled while gzip compresses; `BLOCKS` also covers those that the streams hold before and after. */
const BLOCKS_AHEAD = 4;
const BLOCKS = 2 * BLOCKS_AHEAD;
const NAMED_AT_MOST = 10;
/**
 * Packs entries into a gzipped tar file, in the order given. The same entries with the same contents produce the same
 * bytes on every system: the archive contains no time, owner or umask, and text files have the line endings of git's
 * index. The memory that packing needs does not depend on the size of the files or of the archive.
 *
 * @param file path of the archive; an existing file is replaced, and a failure removes the file
 * @param options.largestBytes packing fails as soon as the compressed file is larger
 * @param options.signal aborts packing, which then throws the signal's reason
 * @throws {ProjectError} if the archive is too large, a file cannot be read, or a file that the configuration names
 * changes during packing
 */
async function packArchive(entries, file, options = {}) {
    const { largestBytes = upload/* LARGEST_ARCHIVE */.iz, signal } = options;
    signal?.throwIfAborted();
    const packing = startPacking();
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const output = (0,external_node_fs_.createWriteStream)(file, { mode: 0o600 });
    let bytes = 0;
    try {
        await (0,external_node_stream_promises_.pipeline)(external_node_stream_.Readable.from(inBlocks(tarOf(entries, packing)), { objectMode: true, highWaterMark: BLOCKS_AHEAD }), (0,external_node_zlib_.createGzip)({ level: LEVEL, chunkSize: CHUNK_BYTES }), async function* (compressed) {
            for await (const piece of compressed) {
                if (bytes === 0)
                    hideSystem(piece);
                bytes += piece.byteLength;
                if (bytes > largestBytes)
                    throw tooLarge(entries, largestBytes);
                hash.update(piece);
                yield piece;
            }
        }, output, { ...(signal ? { signal } : {}) });
    }
    catch (error) {
        await packing.open?.close().catch(() => undefined);
        // If the stream were still open, it could create the file again after `rm`.
        if (!output.closed)
            await (0,external_node_events_.once)(output, 'close').catch(() => undefined);
        await (0,promises_.rm)(file, { force: true });
        signal?.throwIfAborted();
        throw error;
    }
    return { bytes, sha256: hash.digest('hex'), entries: packing.packed, ...packingReport(packing) };
}
/** Returns a warning about a large archive that LangSmith still accepts; undefined below 50 MiB. */
function sizeWarning({ bytes }, entries) {
    if (bytes < REMARKABLE_BYTES)
        return undefined;
    return `The archive is ${inMebibytes(bytes)} compressed; LangSmith rejects archives larger than ${inMebibytes(upload/* LARGEST_ARCHIVE */.iz)}. ${advice(entries)}`;
}
/**
 * Regroups bytes into blocks of one size. A tar of small files consists of tiny pieces, and each piece would cost a
 * round trip to the thread that compresses.
 */
async function* inBlocks(pieces) {
    // Blocks are reused in turn. Several are needed, because some are filled while another is compressed.
    const blocks = Array.from({ length: BLOCKS }, () => Buffer.allocUnsafeSlow(CHUNK_BYTES));
    let turn = 0;
    let block = blocks[0];
    let length = 0;
    for await (const piece of pieces) {
        for (let from = 0; from < piece.length;) {
            const taken = Math.min(piece.length - from, CHUNK_BYTES - length);
            block.set(piece.subarray(from, from + taken), length);
            from += taken;
            length += taken;
            if (length < CHUNK_BYTES)
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
/**
 * Byte 9 of a gzip file identifies the operating system that created it; 255 means "unknown". RFC 1952, section 2.3.1.
 */
function hideSystem(firstPiece) {
    firstPiece[9] = 255;
}
function tooLarge(entries, largestBytes) {
    return new project_error.ProjectError([
        `The archive is too large: its compressed size exceeds ${inMebibytes(largestBytes)}, the maximum that LangSmith accepts. ${advice(entries)}`
    ]);
}
function advice(entries) {
    const files = entries.filter((entry) => entry.kind === 'file').sort((left, right) => right.size - left.size);
    const named = files.slice(0, NAMED_AT_MOST).map(({ path, size }) => `${(0,project_error/* shown */.SP)(path)} (${inMebibytes(size)})`);
    return `Use .dockerignore to exclude files that the agent does not need. The largest files: ${named.join(', ')}.`;
}
function inMebibytes(bytes) {
    return `${(bytes / MEBIBYTE).toFixed(1)} MiB`;
}


/***/ }),

/***/ 130:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Bi: () => (/* binding */ createObjectName),
/* harmony export */   Go: () => (/* binding */ isBinary),
/* harmony export */   e$: () => (/* binding */ asInIndex),
/* harmony export */   x1: () => (/* binding */ createConverter)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);

const CARRIAGE_RETURN = 0x0d;
/** Number of bytes in which git searches for a NUL to detect a binary file. */
const INSPECTED_BYTES = 8000;
/**
 * True if git treats a file as binary and therefore never changes its line endings.
 *
 * @param start the first 8,000 bytes or more, or the whole file
 */
function isBinary(start) {
    return start.subarray(0, INSPECTED_BYTES).includes(0);
}
/**
 * Returns a converter from CR LF to LF for a text that arrives in pieces. It holds back a CR at the end of a piece
 * until the next piece; `end` returns the one after the last piece.
 */
function createConverter() {
    let waiting = false;
    return {
        convert: (piece) => {
            if (piece.length === 0)
                return piece;
            const whole = waiting ? Buffer.concat([Buffer.from('\r'), piece]) : piece;
            waiting = whole.at(-1) === CARRIAGE_RETURN;
            return withLineFeeds(waiting ? whole.subarray(0, -1) : whole);
        },
        end: () => Buffer.from(waiting ? '\r' : '')
    };
}
function withLineFeeds(text) {
    if (!text.includes('\r\n'))
        return text;
    const converted = Buffer.allocUnsafe(text.length);
    let length = 0;
    let from = 0;
    for (let at = text.indexOf('\r\n'); at >= 0; at = text.indexOf('\r\n', from)) {
        length += text.copy(converted, length, from, at);
        from = at + 1;
    }
    length += text.copy(converted, length, from);
    return converted.subarray(0, length);
}
/**
 * Starts the hash that gives git's object name of a content.
 *
 * @param like an object name of the repository, whose length selects SHA-1 or SHA-256
 * @param bytes length of the content
 */
function createObjectName(like, bytes) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)(like.length === 64 ? 'sha256' : 'sha1').update(`blob ${bytes}\0`);
}
/**
 * Returns a text with the line endings of git's index: LF if the checkout converted LF to CR LF. Any other content is
 * returned unchanged, such as that of a file that was changed after the checkout.
 *
 * @param object object name of the content in the index
 */
function asInIndex(content, object) {
    if (isBinary(content) || !content.includes('\r\n'))
        return content;
    const converted = withLineFeeds(content);
    return createObjectName(object, converted.length).update(converted).digest('hex') === object ? converted : content;
}


/***/ })

};
