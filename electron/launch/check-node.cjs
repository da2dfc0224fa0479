// The store's native module needs Node-API 10: on older Node it ends in a segmentation fault without a word.
// Plain CommonJS without dependencies, so that even an old Node can run it and say what to do.
const [major] = process.versions.node.split('.').map(Number)
if (major < 22 || Number(process.versions.napi) < 10) {
  console.error(
    `当前 Node.js 版本过低（${process.version}）。请先运行 npm ci，再用 npm start 或 npm run -s xinbao -- <命令> 启动，它们会使用自带的 Node 24。\n` +
      `Node ${process.version} is too old. Run "npm ci" once, then start through npm ("npm start", "npm run -s xinbao -- ..."): ` +
      'npm scripts use the Node 24 that npm ci installed.',
  )
  process.exit(2)
}
