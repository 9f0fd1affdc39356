import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { withDeadline } from '../shared/deadline';
import { usesEmulator } from '../shared/s3-emulator';

/** How long reading or writing the catalogue may take. */
const DEADLINE_MS = 30_000;

export interface StoredCatalogue {
  readonly text: string;
  /** When it was stored. */
  readonly since: Date | undefined;
}

/** The object from which the meter reads its prices. S3 writes an object whole or not at all, and the bucket keeps versions. */
export class CatalogueStore {
  private readonly client = new S3Client({ forcePathStyle: usesEmulator() });

  constructor(
    private readonly bucket: string,
    private readonly key: string,
  ) {}

  public async get(): Promise<StoredCatalogue | undefined> {
    const command = new GetObjectCommand({ Bucket: this.bucket, Key: this.key });
    try {
      return await withDeadline('the stored catalogue', DEADLINE_MS, async (abortSignal) => {
        const { Body, LastModified } = await this.client.send(command, { abortSignal });
        return { text: await Body!.transformToString(), since: LastModified };
      });
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  public async put(text: string): Promise<void> {
    const command = new PutObjectCommand({ Bucket: this.bucket, Key: this.key, Body: text, ContentType: 'application/x-ndjson' });
    await withDeadline('the bucket of the catalogue', DEADLINE_MS, (abortSignal) => this.client.send(command, { abortSignal }));
  }
}
