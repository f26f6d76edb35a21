BeforeDiscovery {
    # Windows has its own functions, macOS programs of other names.
    $canStandIn = $IsLinux
}

Describe 'Copy-BwSecret' -Skip:(-not $canStandIn) {
    BeforeAll {
        $WarningPreference = 'SilentlyContinue'
        Import-Module $PSScriptRoot/TestServer.psm1
        Clear-BwEnvironment
        Import-BitwardenModule
        $server = Start-TestServer
        $session = Connect-TestAccount $server -Unlock
        $account = Get-TestAccount $server
        $board = Join-Path ([IO.Path]::GetTempPath()) "bw-board-$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $board

        # Stand-ins for the programs of each desktop: the clipboard is a file, and every call is logged with its arguments.
        function Add-Program([string] $Name, [string] $Body) {
            $path = Join-Path $board $Name
            [IO.File]::WriteAllText($path, "#!/bin/sh`necho `"$Name `$*`" >> '$board/log'`n$Body`n")
            chmod +x $path
        }

        function Reset-Board {
            Get-ChildItem $board | Remove-Item
            Add-Program xclip "case `"`$*`" in *-out*) cat '$board/content';; *) cat > '$board/content';; esac"
            $env:WAYLAND_DISPLAY = ''
        }

        function Get-Board { if (Test-Path "$board/content") { [IO.File]::ReadAllText("$board/content") } }

        function Get-Log { if (Test-Path "$board/log") { [IO.File]::ReadAllText("$board/log") } }

        $before = @{ PATH = $env:PATH; Wayland = $env:WAYLAND_DISPLAY }
        $env:PATH = "$board$([IO.Path]::PathSeparator)$env:PATH"
    }

    AfterAll {
        $env:PATH = $before.PATH
        $env:WAYLAND_DISPLAY = $before.Wayland
        Disconnect-BwSession -All
        Stop-TestServer $server
        Remove-Item $board -Recurse -Force -ErrorAction Ignore
    }

    BeforeEach {
        Reset-Board
        if ($session.State -ne 'Unlocked') { Unlock-BwVault (Get-MasterPassword) }
    }

    It 'puts <What> on the clipboard, byte for byte, and writes nothing' -TestCases @(
        @{ What = 'a password'; Call = { Copy-BwSecret prod-sql }; Expected = { $account.passwords.'prod-sql' } }
        @{ What = 'a difficult password'; Call = { Copy-BwSecret prod-web }; Expected = { $account.passwords.'prod-web' } }
        @{ What = 'a user name'; Call = { Copy-BwSecret prod-sql#username }; Expected = { 'sql_admin' } }
        @{ What = 'a code'; Call = { Copy-BwSecret prod-sql#totp }; Expected = { Get-BwSecret prod-sql#totp -AsPlainText } }
        @{ What = 'a value of an item'; Call = { Get-BwItem prod-sql | Copy-BwSecret -Selector uri }; Expected = { 'https://sql.example.org:1433' } }
        @{ What = 'what a reference names'; Call = { 'bw://Work/prod-sql#username' | Copy-BwSecret }; Expected = { 'sql_admin' } }
    ) {
        & $Call | Should -BeNullOrEmpty
        Get-Board | Should -BeExactly (& $Expected)
        Get-Log | Should -Be "xclip -selection clipboard -in`n"
    }

    It 'takes <Name> where it is there, and gives it no value as an argument' -TestCases @(
        @{ Name = 'wl-copy'; Wayland = 'wayland-0'; Also = 'wl-paste'; Line = 'wl-copy --type text/plain;charset=utf-8' }
        @{ Name = 'xsel'; Wayland = ''; Also = $null; Line = 'xsel --clipboard --input' }
    ) {
        Remove-Item "$board/xclip"
        $env:WAYLAND_DISPLAY = $Wayland
        Add-Program $Name "cat > '$board/content'"
        if ($Also) { Add-Program $Also "cat '$board/content'" }
        # Of the machine's own programs nothing is wanted but the shell's.
        $env:PATH = "$board$([IO.Path]::PathSeparator)/usr/bin$([IO.Path]::PathSeparator)/bin"
        if ($Name -eq 'xsel' -and (Get-Command xclip -CommandType Application -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'xclip is installed'
            return
        }
        Copy-BwSecret prod-sql -ClearAfter 0
        $env:PATH = "$board$([IO.Path]::PathSeparator)$($before.PATH)"
        Get-Board | Should -BeExactly $account.passwords.'prod-sql'
        Get-Log | Should -Be "$Line`n"
    }

    It 'clears the clipboard after the time, also when the cmdlet has returned' {
        Copy-BwSecret prod-sql -ClearAfter 1
        Get-Board | Should -BeExactly $account.passwords.'prod-sql'
        Wait-Until { -not (Get-Board) } -Seconds 10 -What 'the clipboard to be cleared'
        Get-Log | Should -Not -Match ([regex]::Escape($account.passwords.'prod-sql'))
    }

    It 'clears the clipboard when the session <Event>' -TestCases @(
        @{ Event = 'locks'; Call = { Lock-BwVault } }
        @{ Event = 'ends'; Call = { Disconnect-BwSession } }
    ) {
        Copy-BwSecret prod-sql
        Get-Board | Should -Not -BeNullOrEmpty
        & $Call
        Wait-Until { -not (Get-Board) } -Seconds 10 -What 'the clipboard to be cleared'
        if ($session.State -eq 'Disconnected') { $script:session = Connect-TestAccount $server -Unlock }
    }

    It 'leaves alone what was copied since, also what is longer, and keeps nothing when asked' {
        Copy-BwSecret prod-sql -ClearAfter 1
        foreach ($newer in "$($account.passwords.'prod-sql')x", 'something else') {
            [IO.File]::WriteAllText("$board/content", $newer)
            Wait-Until { (Get-Log) -match '-out' } -Seconds 10 -What 'the look at the clipboard'
            Start-Sleep -Milliseconds 300
            Get-Board | Should -BeExactly $newer
            Remove-Item "$board/log"
            Copy-BwSecret prod-sql -ClearAfter 1
        }
        Copy-BwSecret prod-web -ClearAfter 0
        Start-Sleep -Milliseconds 1500
        Get-Board | Should -BeExactly $account.passwords.'prod-web'
    }

    It 'clears after the last of several copies' {
        Copy-BwSecret prod-sql -ClearAfter 1
        Copy-BwSecret prod-web -ClearAfter 3
        Start-Sleep -Milliseconds 1800
        Get-Board | Should -BeExactly $account.passwords.'prod-web'
        Wait-Until { -not (Get-Board) } -Seconds 10 -What 'the clipboard to be cleared'
    }

    It 'clears the clipboard when <What>' -TestCases @(
        @{ What = 'the module is removed'; Then = 'Remove-Module Bitwarden; $left = [IO.File]::ReadAllText("$($arguments.Board)/content"); $left' }
        @{ What = 'the process ends'; Then = '"ended"' }
    ) {
        $script = [scriptblock]::Create("`$null = Connect-TestAccount `$server -Unlock; Copy-BwSecret prod-sql; $Then")
        $run = Invoke-FreshPwsh $script -Server $server -Arguments @{ Board = $board } -Environment @{ PATH = $env:PATH }
        $run.ErrorOutput | Should -BeNullOrEmpty
        Get-Log | Should -Match '-in'
        Get-Board | Should -BeNullOrEmpty
        if ($What -like '*removed') { $run.Result | Should -BeNullOrEmpty }
    }

    It '-WhatIf names the item and what of it, and copies nothing' {
        $output = Invoke-FreshPwsh -Server $server -Environment @{ PATH = $env:PATH } {
            $null = Connect-TestAccount $server -Unlock
            Copy-BwSecret prod-sql -WhatIf
        }
        $output.Output | Should -Match "password of 'prod-sql'"
        $output.Output | Should -Not -Match ([regex]::Escape($account.passwords.'prod-sql'))
        Get-Board | Should -BeNullOrEmpty
        Get-Log | Should -BeNullOrEmpty
    }

    It '<Case> is <Code>' -TestCases @(
        @{ Case = 'a file'; Call = { Copy-BwSecret 'with attachment#attachment:cert.pfx' }; Code = 'NotText' }
        @{ Case = 'a missing item'; Call = { Copy-BwSecret no-such-item }; Code = 'ItemNotFound' }
        @{ Case = 'a hidden password'; Call = { Copy-BwSecret org-hidden }; Code = 'SecretHidden' }
        @{ Case = 'an ambiguous name'; Call = { Copy-BwSecret duplicate }; Code = 'AmbiguousName' }
        @{ Case = 'a program that fails'; Call = { Add-Program xclip 'exit 1'; Copy-BwSecret prod-sql }; Code = 'ClipboardUnavailable' }
        @{ Case = 'a program that hangs'; Call = { Add-Program xclip 'exec sleep 60'; Copy-BwSecret prod-sql }; Code = 'ClipboardUnavailable' }
        @{ Case = 'no program'; Call = { Remove-Item "$board/xclip"; $env:PATH = $board; Copy-BwSecret prod-sql }; Code = 'ClipboardUnavailable' }
    ) {
        try {
            { $ErrorActionPreference = 'Stop'; & $Call } | Should -Throw -ErrorId "$Code,Bitwarden.PowerShell.Commands.CopyBwSecretCommand"
        }
        finally { $env:PATH = "$board$([IO.Path]::PathSeparator)$($before.PATH)" }
    }

    It '-ClearAfter <Value> is refused' -TestCases @(@{ Value = -1 }, @{ Value = 'x' }, @{ Value = 1e9 }) {
        { Copy-BwSecret prod-sql -ClearAfter $Value } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
    }
}
