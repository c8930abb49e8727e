// Where photos and files lie: in the data folder, or in the S3-compatible store that the settings name.
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type FileStore, folderFiles } from '../delivery/files.ts';
import { s3Files } from '../delivery/s3.ts';

/** The S3-compatible store when it is set, else a folder; nothing is connected or made yet. */
export function filesOf({ dataDir, s3 }: Pick<Config, 'dataDir' | 's3'>): FileStore {
  const folder = join(dataDir, 'files');
  return s3 ? s3Files(s3, join(folder, 'incoming')) : folderFiles(folder);
}
