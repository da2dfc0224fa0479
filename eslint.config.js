import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import ts from 'typescript-eslint'

/** One spelling for every import: "./x" for a neighbour in the same folder, an alias for everything else. */
const noParentImports = {
  patterns: [
    { group: ['../*', '..'], message: 'Use a path alias (@shared, @engine, ...) outside the own folder.' },
  ],
}

export default ts.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'test/e2e/__*/**'] },
  js.configs.recommended,
  ...ts.configs.recommendedTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      parserOptions: {
        project: './tsconfig.lint.json',
        extraFileExtensions: ['.vue'],
        parser: ts.parser,
        tsconfigRootDir: import.meta.dirname,
      },
    },
  },
  {
    files: ['**/*.ts', '**/*.vue'],
    rules: {
      'no-undef': 'off',
      'no-restricted-imports': ['error', noParentImports],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Objects here are closures: there is no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  {
    // Electron's crypto has no SM2, SM3 or SM4 and must not silently differ from Node's.
    files: ['electron/engine/**/*.ts', 'electron/practice/**/*.ts'],
    ignores: ['electron/engine/crypto/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          ...noParentImports,
          paths: [
            { name: 'node:crypto', message: 'Use @engine/crypto.' },
            { name: 'electron', message: 'The engine is headless.' },
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    ...ts.configs.disableTypeChecked,
    languageOptions: {
      ...ts.configs.disableTypeChecked.languageOptions,
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        require: 'readonly',
      },
    },
  },
  { files: ['**/*.config.ts'], ...ts.configs.disableTypeChecked },
  prettier,
)
