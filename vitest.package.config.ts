import { defineConfig } from 'vitest/config';

/** `npm run test:package`: what a stranger does with the package, with nothing of the clone. It needs the registry, and Python. */
export default defineConfig({
  test: {
    include: ['test/package/**/*.test.ts'],
    globalSetup: ['test/package/support/pack.ts'],
    // Each compiles, or runs an emulator.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 600_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
