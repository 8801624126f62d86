import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'src/{core,planes,odata,cli,http,arm,graph}/**/*.test.ts',
            'test/tidy.test.ts',
            'test/house/**/*.test.ts',
            'test/sim/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'whole',
          include: [
            'src/{store,engine,directory,demo}/**/*.test.ts',
            'test/{store,wire,clients,life,start}/**/*.test.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
