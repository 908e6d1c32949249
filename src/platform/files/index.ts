export {
  acceptOf,
  type CheckedUpload,
  checkUpload,
  type FileExtension,
  type FileKind,
  type UploadClaim,
} from "./check.ts";

export { downloadHeaders } from "./headers.ts";
export { extensionOf, safeFileName } from "./names.ts";
export { type FileBytes, type FileStore, localFileStore, type StoredBlob, TooLargeError } from "./store.ts";
