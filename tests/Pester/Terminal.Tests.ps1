BeforeDiscovery {
    Import-Module $PSScriptRoot/TestServer.psm1
    $noTerminal = -not (Test-Terminal)
    $noHistory = $noTerminal -or -not (Get-Module -ListAvailable PSReadLine)
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    if (-not (Test-Terminal)) { return }
    $server = Start-TestServer
    $account = Get-TestAccount $server weak@example.org
}

AfterAll {
    Stop-TestServer $server
}

# One process for all prompts, since its start takes longer than what it does.
Describe 'Prompts at a terminal (skipped where util-linux''s script is missing, which makes one)' -Skip:$noTerminal {
    BeforeAll {
        $keyPrompt = 'API key client_id: '
        $secretPrompt = 'API key client_secret: '
        $passwordPrompt = 'Master password of weak@example.org: '
        $passwordAgain = "[\s\S]*$passwordPrompt"
        $code = 'Code of the authenticator app: '
        $codeAgain = 'did not accept the two-step code[\s\S]*Code of the authenticator app: '
        $rotatePrompt = 'Rotate the API key of weak@example.org[\s\S]*\(default is "Y"\): '
        $connectorPrompt = 'Use the Key Connector at https://localhost:\d+/key-connector\?[\s\S]*\(default is "N"\): '
        $dialog = @(
            $keyPrompt, $account.clientId, $secretPrompt, $account.clientSecret
            $keyPrompt, ''
            'E-mail: ', 'weak@example.org', $passwordPrompt, $account.masterPassword
            $passwordPrompt, 'mistyped pass phrase', "refused $passwordAgain", 'mistyped pass phrase'
            "refused $passwordAgain", 'mistyped pass phrase'
            $passwordPrompt, 'mistyped pass phrase', "refused $passwordAgain", $account.masterPassword
            $passwordPrompt, 'mistyped pass phrase', "does not open the vault $passwordAgain", $account.masterPassword
            '\(default is "A"\): ', 'E', 'Code sent to \S*\*\S*@example.org \(empty to have a new one sent\): ', '', 'A new code was sent. Code: ', '135791'
            $code, '000000', $codeAgain, '246810'
            $code, '000001', $codeAgain, '000002', $codeAgain, '000003'
            'One-time password of the YubiKey \(touch it\): ', 'cccccc'
            'New-device code from your e-mail \(empty to have it sent again\): ', '000000'
            'did not accept the code for the new device[\s\S]*New-device code \(empty to have it sent again\): ', ''
            'The code was sent again. New-device code: ', '777888'
            'Additional authentication required. API key client_secret: ', $account.clientSecret, $code, '246810'
            $rotatePrompt, 'N', $rotatePrompt, 'Y', $passwordPrompt, $account.masterPassword
            $connectorPrompt, '', $connectorPrompt, 'N', $connectorPrompt, 'Y'
        )
        $run = Invoke-FreshPwsh -Server $server -Dialog $dialog {
            $email = 'weak@example.org'
            $given = @{ Email = $email; MasterPassword = Get-MasterPassword $email }
            $seen = [ordered]@{}
            # Each with rules of its own; the account's state is told as it is afterwards.
            function Add-Scene([string] $Name, [hashtable] $Rule, [scriptblock] $Script) {
                Set-LoginRule $server $email $Rule
                Clear-ServerRequest $server
                $result = try { & $Script } catch { $_.FullyQualifiedErrorId }
                $seen[$Name] = @{
                    Result   = "$result"
                    Requests = @(Get-TokenRequest $server)
                    Secret   = (Get-TestAccount $server $email).clientSecret
                    Mail     = Invoke-TestServer $server GET "/accounts/$email/mail"
                }
                Disconnect-BwSession -All
            }
            Add-Scene ApiKey @{} { Connect-BwApiKey $server.Url }
            Add-Scene NoClientId @{} { Connect-BwApiKey $server.Url }
            Add-Scene Password @{} { Connect-BwAccount $server.Url }
            Add-Scene WrongPassword @{} { Connect-BwAccount $server.Url -Email $email }
            Add-Scene SecondPassword @{} { Connect-BwAccount $server.Url -Email $email }
            Add-Scene SecondUnlock @{} { $null = Connect-TestAccount $server $email; Unlock-BwVault -PassThru }
            Add-Scene GivenPassword @{} { Connect-BwAccount $server.Url -Email $email -MasterPassword (ConvertTo-TestSecret 'mistyped pass phrase') }
            Add-Scene Choice @{ twoFactor = @{ Authenticator = '246810'; Email = '135791' } } { Connect-BwAccount $server.Url @given }
            Add-Scene SecondCode @{ twoFactor = @{ Authenticator = '246810' } } { Connect-BwAccount $server.Url @given }
            Add-Scene ThreeCodes @{ twoFactor = @{ Authenticator = '246810' } } { Connect-BwAccount $server.Url @given }
            Add-Scene YubiKey @{ twoFactor = @{ YubiKey = 'cccccc' } } { Connect-BwAccount $server.Url @given }
            Add-Scene NewDevice @{ newDeviceOtp = '777888' } { Connect-BwAccount $server.Url @given -DeviceIdentifier 6f1b3a52-3c52-4f6e-9a7e-1f0c6a3b9d10 }
            Add-Scene Challenge @{ requireChallenge = $true; twoFactor = @{ Authenticator = '246810' } } { Connect-BwAccount $server.Url @given }
            Add-Scene RotateNo @{} { $null = Connect-TestAccount $server $email; Reset-BwApiKey -MasterPassword $given.MasterPassword }
            Add-Scene RotateYes @{} { $null = Connect-TestAccount $server $email; Reset-BwApiKey }
            $key = Get-TestAccount $server keyconnector@example.org
            $secret = ConvertTo-TestSecret $key.clientSecret
            $null = Connect-BwApiKey $server.HttpsUrl -CertificateAuthority $server.CaPath -ClientId $key.clientId -ClientSecret $secret
            $enter = try { Unlock-BwVault } catch { $_.FullyQualifiedErrorId }
            $connector = try { Unlock-BwVault } catch { $_.FullyQualifiedErrorId }
            $asked = @(Get-ServerRequest $server /key-connector).Count
            $seen.Connector = @{ Enter = $enter; No = $connector; AskedAfterNo = $asked; Yes = "$((Unlock-BwVault -PassThru).State)" }
            $seen
        }
        $seen = $run.Result
    }

    It 'client id and client secret log in' {
        $seen.ApiKey.Result | Should -BeLike 'weak@example.org on * (Locked)'
    }

    It 'an empty client id is ClientIdMissing' {
        $seen.NoClientId.Result | Should -Be 'ClientIdMissing,Bitwarden.PowerShell.Commands.ConnectBwApiKeyCommand'
    }

    It 'e-mail and master password log in' {
        $seen.Password.Result | Should -BeLike 'weak@example.org on * (Unlocked)'
    }

    It 'a wrong master password is asked for again, and the third is InvalidMasterPassword' {
        $seen.WrongPassword.Result | Should -Be 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $seen.WrongPassword.Requests.Count | Should -Be 3
    }

    It 'a master password that is right the second time logs in' {
        $seen.SecondPassword.Result | Should -BeLike 'weak@example.org on * (Unlocked)'
        $seen.SecondPassword.Requests.Count | Should -Be 2
    }

    It 'a master password that is right the second time unlocks' {
        $seen.SecondUnlock.Result | Should -BeLike 'weak@example.org on * (Unlocked)'
    }

    It 'a wrong master password that was given is not asked for again' {
        $seen.GivenPassword.Result | Should -Be 'InvalidMasterPassword,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $seen.GivenPassword.Requests.Count | Should -Be 1
    }

    It 'one of several two-step methods is chosen' {
        $seen.Choice.Result | Should -BeLike '* (Unlocked)'
        $seen.Choice.Requests[-1].twoFactorProvider | Should -Be '1'
    }

    It 'an empty code has a new one mailed' {
        $seen.Choice.Mail.twoFactorCodes.Count | Should -Be 2
    }

    It 'a wrong two-step code is asked for again' {
        $seen.SecondCode.Result | Should -BeLike '* (Unlocked)'
        $seen.SecondCode.Requests.twoFactorToken | Should -Be $null, '000000', '246810'
    }

    It 'three wrong codes are TwoFactorCodeRejected' {
        $seen.ThreeCodes.Result | Should -Be 'TwoFactorCodeRejected,Bitwarden.PowerShell.Commands.ConnectBwAccountCommand'
        $seen.ThreeCodes.Requests.Count | Should -Be 4
    }

    It 'the one-time password of a YubiKey logs in' {
        $seen.YubiKey.Result | Should -BeLike '* (Unlocked)'
    }

    It 'a new-device code is asked for again, and sent again when nothing is typed' {
        $seen.NewDevice.Result | Should -BeLike '* (Unlocked)'
        $seen.NewDevice.Requests.newDeviceOtp | Should -Be $null, '000000', '777888'
        $seen.NewDevice.Mail.newDeviceCodes.Count | Should -Be 2
    }

    It 'the challenge is answered, and the answer goes with the two-step code too' {
        $seen.Challenge.Result | Should -BeLike '* (Unlocked)'
        $seen.Challenge.Requests.captchaResponse | Should -Be $null, $account.clientSecret, $account.clientSecret
    }

    It 'rotation that is answered No changes nothing' {
        $seen.RotateNo.Result | Should -BeNullOrEmpty
        $seen.RotateNo.Secret | Should -BeExactly $account.clientSecret
    }

    It 'rotation that is answered Yes asks for the master password and rotates' {
        $seen.RotateYes.Result | Should -Be $account.clientId
        $seen.RotateYes.Secret | Should -Not -Be $account.clientSecret
    }

    It 'a Key Connector that is answered with Enter alone is KeyConnectorNotConfirmed' {
        $seen.Connector.Enter | Should -Be 'KeyConnectorNotConfirmed,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
    }

    It 'a Key Connector that is answered No is KeyConnectorNotConfirmed, and is not asked' {
        $seen.Connector.No | Should -Be 'KeyConnectorNotConfirmed,Bitwarden.PowerShell.Commands.UnlockBwVaultCommand'
        $seen.Connector.AskedAfterNo | Should -Be 0
    }

    It 'a Key Connector that is answered Yes unlocks' {
        $seen.Connector.Yes | Should -Be 'Unlocked'
    }

    It 'shows no <What> that was typed' -TestCases @(
        @{ What = 'client secret' }
        @{ What = 'master password' }
        @{ What = 'mistyped master password' }
        @{ What = 'new client secret' }
    ) {
        $text = switch ($What) {
            'client secret' { $account.clientSecret }
            'master password' { $account.masterPassword }
            'mistyped master password' { 'mistyped pass phrase' }
            'new client secret' { $seen.RotateYes.Secret }
        }
        $text.Length | Should -BeGreaterThan 10
        $run.Output.Contains($text) | Should -BeFalse
        $run.Output.Contains($text.Substring(0, 8)) | Should -BeFalse
    }
}

Describe 'Ctrl+C at a masked prompt (skipped where util-linux''s script is missing)' -Skip:$noTerminal {
    BeforeAll {
        $run = Invoke-FreshPwsh -Server $server -Dialog 'API key client_id: ', $account.clientId, 'API key client_secret: ', "half of it`u{3}" {
            Connect-BwApiKey $server.Url
            'went on'
        }
    }

    It 'ends the script' {
        $run.Result | Should -BeNullOrEmpty
    }

    It 'shows neither an error nor what was typed' {
        $run.Output | Should -Not -Match 'Exception|half'
    }
}

Describe 'What the shell remembers (skipped where PSReadLine or a terminal is missing)' -Skip:$noHistory {
    It 'neither the history nor another file of the home directory has a value that a typed command read' {
        $typed = "Use-BwSecret -Environment @{ USED = 'bw://Work/prod-sql' } { `$env:USED.Length }",
            'Get-BwSecret prod-sql -AsPlainText | Out-Null', "`$text = Expand-BwTemplate -Text '{{ bw://Work/prod-sql }}'",
            '$text = Export-BwSession -AsPlainText', "Get-BwSecret 'bw://Work/prod-sql' -AsCredential", 'remembered', 'exit'
        $run = Invoke-FreshPwsh -Server $server -PowerShellOption '-NoExit' -Dialog ($typed | ForEach-Object { 'ready>'; $_ }) {
            $null = Connect-TestAccount $server -Unlock
            function global:prompt { 'ready>' }
            function global:remembered {
                $value = (Get-TestAccount $server).passwords.'prod-sql'
                $lines = @(Get-Content (Get-PSReadLineOption).HistorySavePath | Where-Object { $_.Contains('bw://Work/prod-sql') })
                $holding = Get-ChildItem $HOME -Recurse -File -Force | Where-Object { "$(Get-Content $_ -Raw)".Contains($value) }
                "lines=$($lines.Count) values=$(@($holding).Count)"
            }
        }
        $run.Output | Should -Match 'lines=[1-9]'
        $run.Output | Should -Match 'values=0'
    }
}
