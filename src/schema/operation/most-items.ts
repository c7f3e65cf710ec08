/** How many items a batch takes, in the words of descriptions: a tenth of `MAX_ANSWER_VALUES`, for the guard counts each as ten values. */
export const mostItems = 'up to 10,000 of them by default';
