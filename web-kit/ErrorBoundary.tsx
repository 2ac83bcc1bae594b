import { Component, type ReactNode } from 'react';
import { FailurePanel } from './FailurePanel.tsx';

/** Keeps a defect inside its part of the page: the rest goes on, the part says so and can be tried again. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state: { readonly error: unknown } = { error: undefined };

  static getDerivedStateFromError(error: unknown): { readonly error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <FailurePanel error={this.state.error} retry={() => this.setState({ error: undefined })} />;
  }
}
