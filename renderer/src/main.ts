import 'element-plus/dist/index.css'
import '@renderer/theme/tokens.css'
import '@renderer/theme/element.css'
import '@renderer/theme/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import app from './app.vue'
import { createAppRouter } from './router'

createApp(app).use(createPinia()).use(createAppRouter()).mount('#app')
