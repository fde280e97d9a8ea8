"""Addresses below /akun/. The names `account_…` and `mfa_…` are those django-allauth looks up."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, path, re_path

from tanggap.accounts import passkeys, views

urlpatterns: list[URLPattern] = [
    path("pengaturan/", views.home, name="account_home"),
    path("lanjutkan/", views.resume, name="account_resume"),
    path("telepon/", views.phone, name="account_phone"),
    path("kunci/", passkeys.passkeys, name="account_passkeys"),
    path("kunci/masuk/", passkeys.sign_in, name="account_passkey_sign_in"),
    path("kunci/<int:key_id>/lepas/", passkeys.remove, name="account_passkey_remove"),
    path("undangan/<str:token>/", views.invitation, name="account_invitation"),
    path("masuk/", account.login, name="account_login"),
    path("keluar/", account.logout, name="account_logout"),
    path("daftar/", account.signup, name="account_signup"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("pastikan/", account.reauthenticate, name="account_reauthenticate"),
    path("alamat/terkirim/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^alamat/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("kata-sandi/ganti/", account.password_change, name="account_change_password"),
    path("kata-sandi/buat/", account.password_set, name="account_set_password"),
    path("kata-sandi/lupa/", account.password_reset, name="account_reset_password"),
    path("kata-sandi/lupa/terkirim/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "kata-sandi/lupa/selesai/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^kata-sandi/lupa/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("dua-langkah/", mfa.index, name="mfa_index"),
    path("dua-langkah/masuk/", mfa.authenticate, name="mfa_authenticate"),
    path("dua-langkah/pastikan/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("dua-langkah/aplikasi/pasang/", totp.activate_totp, name="mfa_activate_totp"),
    path("dua-langkah/aplikasi/lepas/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-langkah/kode/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("dua-langkah/kode/baru/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("dua-langkah/kode/unduh/", recovery_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
