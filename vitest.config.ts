import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These need more than Node: a browser, the registry, Python's emulators. See vitest.browser.config.ts, vitest.package.config.ts and vitest.aws.config.ts.
    exclude: ['test/browser/**', 'test/package/**', 'test/aws/**', 'node_modules/**'],
    globalSetup: ['test/support/built-handlers.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Files are independent of each other, and most of them wait for nothing but the processor.
    maxWorkers: '100%',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
