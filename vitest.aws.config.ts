import { defineConfig } from 'vitest/config';

/** Suites against emulated AWS: npm run test:aws prepares what they need. */
export default defineConfig({
  test: {
    include: ['test/aws/**/*.test.ts'],
    globalSetup: ['test/aws/synthesize.ts'],
    // Each file runs an emulator of its own.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 180_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
