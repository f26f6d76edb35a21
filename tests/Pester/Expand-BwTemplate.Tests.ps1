BeforeDiscovery {
    $noShell = -not (Get-Command sh -CommandType Application -ErrorAction Ignore)
    $noYaml = $true
    if (Get-Command python3 -CommandType Application -ErrorAction Ignore) {
        $null = python3 -c 'import yaml' 2>&1
        $noYaml = $LASTEXITCODE -ne 0
    }
}

BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    Clear-BwEnvironment
    Import-BitwardenModule
    $server = Start-TestServer '--large', '1000'
    $null = Connect-TestAccount $server -Unlock
    $folder = Join-Path ([IO.Path]::GetTempPath()) "bw-expand-$([guid]::NewGuid())"
    $null = New-Item -ItemType Directory $folder
    $odd = 'p@ss "w0rd" $HOME `x` ''q'' <&> ünï-pbkdf2'
    $lines = "code-1 11111`ncode-2 22222`nübrig-pbkdf2"
    $sql = 'Sql-Pr0d!7f3K-pbkdf2'
    $web = '{{ bw://Work/prod-web#password }}'
    $notes = '{{ bw://recovery%20codes }}'
    function New-Template([string] $Name, [string] $Text, $Encoding = 'utf8NoBOM') {
        $path = Join-Path $folder $Name
        Set-Content $path $Text -NoNewline -Encoding $Encoding
        $path
    }
}

AfterAll {
    Disconnect-BwSession -All
    Stop-TestServer $server
    Remove-Item $folder -Recurse -Force
}

Describe 'Expand-BwTemplate' {
    It 'puts values where references stand, and leaves the rest' {
        "a={{ bw://Work/prod-sql }};b={{bw://Work/prod-sql#username}};c={{ other }};{ { x" | Expand-BwTemplate |
            Should -BeExactly "a=$sql;b=sql_admin;c={{ other }};{ { x"
        Expand-BwTemplate -Text '' | Should -BeExactly ''
        Expand-BwTemplate (New-Template plain.txt 'x {{ bw://Work/prod-sql }}') | Should -BeExactly "x $sql"
    }

    It 'takes no file from the pipeline' {
        { Get-Item $PSCommandPath | Expand-BwTemplate -ErrorAction Stop } | Should -Throw
    }

    It 'writes a file whole, for its owner alone, with line ends and mark' {
        $path = New-Template mark.txt "a`r`n{{ bw://Work/prod-sql }}`nb`r" utf8BOM
        $target = Join-Path $folder mark.out
        $written = Expand-BwTemplate $path $target
        $written.FullName | Should -Be $target
        [IO.File]::ReadAllBytes($target) | Should -Be ([byte[]](0xEF, 0xBB, 0xBF) + [Text.Encoding]::UTF8.GetBytes("a`r`n$sql`nb`r"))
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($target) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite') }
        Get-ChildItem $folder -Force -Filter .bw-* | Should -BeNullOrEmpty
    }

    It 'replaces a file with -Force alone, and gives it to its owner' {
        $path = New-Template force.txt '{{ bw://Work/prod-sql }}'
        $target = New-Template force.out 'old'
        if (-not $IsWindows) { [IO.File]::SetUnixFileMode($target, 'UserRead, UserWrite, OtherRead') }
        { Expand-BwTemplate $path $target } | Should -Throw -ErrorId 'FileExists,Bitwarden.PowerShell.Commands.ExpandBwTemplateCommand'
        Get-Content $target | Should -Be 'old'
        $null = Expand-BwTemplate $path $target -Force
        Get-Content $target | Should -BeExactly $sql
        if (-not $IsWindows) { [IO.File]::GetUnixFileMode($target) | Should -Be ([IO.UnixFileMode]'UserRead, UserWrite') }
    }

    It 'writes nothing when a reference fails, and names each with its place' {
        $path = New-Template wrong.json.tpl "{`r`n  `"a`": `"{{ bw://nowhere }}`",`n  `"b`": `"{{ bw://Work/prod-sql }} {{ bw://Work/prod-sql#zip }}`"}"
        $target = Join-Path $folder wrong.json
        $failure = try { Expand-BwTemplate $path $target } catch { $_ }
        $failure.FullyQualifiedErrorId | Should -Be 'ReferencesUnresolved,Bitwarden.PowerShell.Commands.ExpandBwTemplateCommand'
        $failure.Exception.Failures.Place | Should -Be 'wrong.json.tpl, line 2, column 9', 'wrong.json.tpl, line 3, column 34'
        Test-Path $target | Should -BeFalse
        Get-ChildItem $folder -Force -Filter .bw-* | Should -BeNullOrEmpty
        "$failure" | Should -Not -Match ([regex]::Escape($sql))
    }

    It 'refuses what is not UTF-8, and what is too large' {
        { Expand-BwTemplate (New-Template wide.txt 'x' unicode) } | Should -Throw -ErrorId 'TemplateInvalid,*'
        $large = Join-Path $folder large.txt
        [IO.File]::WriteAllBytes($large, [byte[]]::new(16MB + 1))
        { Expand-BwTemplate $large } | Should -Throw -ErrorId 'TemplateInvalid,*'
        { Expand-BwTemplate (Join-Path $folder none.txt) } | Should -Throw -ErrorId 'FileUnusable,*'
        { Expand-BwTemplate -Text '{{ bw://open' } | Should -Throw -ErrorId 'TemplateInvalid,*'
    }

    It 'JSON is what it was meant to be' {
        $path = New-Template app.json.tpl "{`"a`": `"<$web>`", `"b`": $web, `"c`": [`"$notes`"]}"
        $read = Expand-BwTemplate $path | ConvertFrom-Json
        $read.a, $read.b, $read.c[0] | Should -BeExactly "<$odd>", $odd, $lines
    }

    It 'XML is what it was meant to be' {
        $path = New-Template app.config "<r a=`"$web`" b='$notes'><t>$web</t><c><![CDATA[$web]]></c></r>"
        $read = ([xml](Expand-BwTemplate $path)).r
        $read.a, $read.b, $read.t, $read.c.InnerText | Should -BeExactly $odd, $lines, $odd, $odd
    }

    It 'a script for sh is what it was meant to be (skipped where there is no sh)' -Skip:$noShell {
        $path = New-Template run.sh (@"
# don't
show() { for one; do printf '%s\0' "`$one"; done; }
x="`$(printf '%s' "<$web>")"
show $web "<$web>" '<$web>' "`$(printf '%s' $web)" "`$x" pre$web"post" $notes
"@ -replace "`r")
        $script = Join-Path $folder expanded.sh
        $null = Expand-BwTemplate $path $script
        ((sh $script) -join "`n").Split("`0", [StringSplitOptions]::RemoveEmptyEntries) |
            Should -BeExactly $odd, "<$odd>", "<$odd>", $odd, "<$odd>", "pre${odd}post", $lines
    }

    It 'YAML is what it was meant to be (skipped where Python has no YAML)' -Skip:$noYaml {
        $path = New-Template app.yaml "a: $web # note`nb: `"<$web>`"`nc: '<$web>'`nd: [$web, {e: $notes}]`nf:`n  - $notes`n"
        $file = Join-Path $folder expanded.yaml
        $null = Expand-BwTemplate $path $file
        $read = python3 -c 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding="utf-8"))))' $file | ConvertFrom-Json
        $read.a, $read.b, $read.c, $read.d[0], $read.d[1].e, $read.f[0] | Should -BeExactly $odd, "<$odd>", "<$odd>", $odd, $lines, $lines
    }

    It 'a file of variables is what it was meant to be' {
        $path = New-Template app.env.tpl "A=$web`nexport B=`"<$web>`"`nC=$notes # note`n"
        $file = Join-Path $folder app.env
        $null = Expand-BwTemplate $path $file
        Use-BwSecret -EnvFile $file { $env:A, $env:B, $env:C } | Should -BeExactly $odd, "<$odd>", $lines
    }

    It '-As counts before the name' {
        Expand-BwTemplate (New-Template as.json $web) -As None | Should -BeExactly $odd
    }

    It 'fills in ten thousand references in one go' {
        $large = Connect-TestAccount $server large@example.org -Unlock
        $text = [Text.StringBuilder]::new()
        foreach ($i in 0..9999) { $null = $text.Append("{{ bw://item-$('{0:00000}' -f ($i % 1000 + 1)) }}").Append($(if ($i % 10) { ' ' } else { "`n" })) }
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $filled = Expand-BwTemplate -Text $text.ToString() -Session $large
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 10
        $filled.Split([char[]]" `n", [StringSplitOptions]::RemoveEmptyEntries).Count | Should -Be 10000
        $filled | Should -BeLike 'pw-00001-large*pw-01000-large*'
    }
}
