/** Everything is built into dist/ already: electron-builder needs to look for no package of node_modules. */
export default () => false
