// Starts the page: what the browser remembers, where the address points, and the stream that keeps it in step.
/// <reference types="vite/client" />
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { arrive, recall } from './state/actions.ts';
import { followSimulator } from './state/live.ts';
import './styles/base.css';
import './styles/parts.css';
import './styles/top.css';
import './styles/clock.css';
import './styles/people.css';
import './styles/chat.css';
import './styles/bodies.css';
import './styles/composer.css';
import './styles/card.css';
import './styles/articles.css';
import './styles/drawer.css';
import './styles/phone.css';

const place = document.getElementById('page');
if (!place) throw new Error('index.html has no element #page');
recall();
void arrive();
followSimulator();
addEventListener('popstate', () => void arrive());
createRoot(place).render(<App />);
