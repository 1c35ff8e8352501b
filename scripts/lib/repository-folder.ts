import { fileURLToPath } from 'node:url';

/** The folder that holds `package.json`, whatever folder a command is started from. */
export const repositoryFolder: string = fileURLToPath(new URL('../../', import.meta.url));
