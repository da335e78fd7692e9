import type { RequestListener, Server } from 'node:http';

/** Sends the files of `folder`. */
export function handler(folder: string): RequestListener;
/** Serves `folder`; resolves once it listens. Port 0 takes a free one. */
export function serve(folder: string, port: number, host?: string): Promise<Server>;
