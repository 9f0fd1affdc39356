/** Stands for the model that a viewer chooses: the dashboard variable replaces this text in titles and metrics. */
export const CHOSEN_MODEL = 'CHOSEN_MODEL';
