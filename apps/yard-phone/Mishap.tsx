import { Component, type ReactNode } from 'react';
import { PhoneButton } from '#web-kit/phone/PhoneButton.tsx';
import { Screen } from '#web-kit/phone/Screen.tsx';

/** What is shown where a screen could not be drawn or loaded: nothing on the phone is lost by it. */
export class Mishap extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Screen
        title="现场采集"
        foot={
          <PhoneButton tone="primary" onPress={() => window.location.assign('/yard/')}>
            重新打开
          </PhoneButton>
        }
      >
        <p>这个页面没有完整载入，可能是网络中断或系统刚刚更新。已拍的照片和已填的内容都在本机，请重新打开。</p>
      </Screen>
    );
  }
}
