export {
  acceptOf,
  allowedExtensions,
  type CheckedUpload,
  checkUpload,
  type FileExtension,
  type FileKind,
  fileKinds,
  type UploadClaim,
} from "./check.ts";
export { fileWords } from "./files.words.ts";
export { downloadHeaders } from "./headers.ts";
export { extensionOf, safeFileName } from "./names.ts";
export { type FileBytes, type FileStore, localFileStore, type StoredBlob, TooLargeError } from "./store.ts";
