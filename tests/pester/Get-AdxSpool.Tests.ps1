# What spools hold, as Get-AdxSpool shows it.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    . $PSScriptRoot/ParameterForm.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
    $connection = Connect-Adx -Local
    $null = New-AdxTable Numbers 'Id:long'
    $spool = "$TestDrive/spool"
    $rows = 1..4 | ForEach-Object { [pscustomobject]@{ Id = $_ } }
    $first = $rows | Send-AdxData Numbers -DeliveryGuarantee ExactlyOnce -SpoolPath $spool -SpoolName first -BatchRows 2
    $second = $rows | Send-AdxData Numbers -SpoolPath $spool
    $null = New-Item "$spool/something-else" -ItemType Directory
}

AfterAll {
    Stop-AdxLocal
}

Describe 'The parameters of Get-AdxSpool' {
    It '<Parameter> is: <Form>' -ForEach @(
        @{ Parameter = 'Path'; Form = 'String[], mandatory, position 0, from pipeline, by name' }
        @{ Parameter = 'Name'; Form = 'String[], position 1' }
        @{ Parameter = 'Connection'; Form = 'none' }
    ) {
        Get-ParameterForm Get-AdxSpool $Parameter '*' | Should -BeExactly $Form
    }
}

Describe 'Get-AdxSpool' {
    It 'tells of each ingestion what it holds' {
        $found = Get-AdxSpool $spool
        $found | Should -HaveCount 2
        $found.Id | Sort-Object | Should -Be ($first.Id, $second.Id | Sort-Object)
        $one = $found | Where-Object Id -EQ $first.Id
        $one.Name | Should -BeExactly 'first'
        $one.Cluster | Should -Be $connection.Cluster
        $one.Database, $one.Table | Should -Be $connection.Database, 'Numbers'
        $one.DeliveryGuarantee | Should -Be 'ExactlyOnce'
        $one.Rows, $one.QueuedBatches, $one.ConfirmedBatches | Should -Be 4, 2, 0
        $one.Batches.Rows | Should -Be 2, 2
        $one.Batches.SourceId | Should -Be $first.Batches.SourceId
        $one.Bytes | Should -Be ($one.Batches | Measure-Object Bytes -Sum).Sum
        $one.CreatedOn.Kind | Should -Be 'Utc'
        $one.IsInUse, $one.IsEmpty | Should -Be $false, $false
        $one.Errors | Should -BeNullOrEmpty
    }

    It 'finds by name, by id, with wildcards and from the pipeline' {
        (Get-AdxSpool $spool FIRST).Id | Should -Be $first.Id
        (Get-AdxSpool $spool f*).Id | Should -Be $first.Id
        (Get-AdxSpool $spool $second.Id).Name | Should -BeNullOrEmpty
        ($spool | Get-AdxSpool) | Should -HaveCount 2
        (Get-Item "$spool/first" | Get-AdxSpool).Id | Should -Be $first.Id
        (Get-AdxSpool $spool first | Get-AdxSpool).Id | Should -Be $first.Id
        Get-AdxSpool $spool x* | Should -BeNullOrEmpty
    }

    It 'says <Id> of <What>, and goes on' -ForEach @(
        @{ What = 'a directory that is not there'; Id = 'AdxSpoolNotFound'; Category = 'ObjectNotFound'; Path = 'absent'; Name = $null }
        @{ What = 'a name that is not there'; Id = 'AdxSpoolNotFound'; Category = 'ObjectNotFound'; Path = 'spool'; Name = 'absent' }
        @{ What = 'a spool of a newer version'; Id = 'AdxSpoolVersion'; Category = 'InvalidData'; Path = 'newer'; Name = $null }
        @{ What = 'a manifest that is none'; Id = 'AdxSpoolDamaged'; Category = 'InvalidData'; Path = 'damaged'; Name = $null }
    ) {
        $null = New-Item "$TestDrive/newer/a", "$TestDrive/damaged/a" -ItemType Directory -Force
        Set-Content "$TestDrive/newer/a/manifest.json" '{"version":99}'
        Set-Content "$TestDrive/damaged/a/manifest.json" 'no json'
        $arguments = $Name ? @{ Name = $Name } : @{}
        $found = Get-AdxSpool "$TestDrive/$Path", "$spool/first" @arguments -ErrorVariable failures -ErrorAction SilentlyContinue
        if (-not $Name) {
            $found.Id | Should -Be $first.Id
        }
        $failures[0].FullyQualifiedErrorId | Should -BeExactly "$Id,AdxFlow.PowerShell.Ingestion.Spool.GetAdxSpoolCommand"
        $failures[0].CategoryInfo.Category | Should -Be $Category
    }

    It 'is told that a path of no file system has none, as are the others' {
        foreach ($path in 'Env:/spool', 'NoSuchDrive:/spool', "a`0b") {
            foreach ($call in { Get-AdxSpool $path -ErrorAction Stop }, { Resume-AdxSpool $path -ErrorAction Stop }, { Remove-AdxSpool $path -Confirm:$false -ErrorAction Stop }) {
                $failure = Get-Failure $call
                $failure.FullyQualifiedErrorId | Should -BeLike 'AdxSpoolNotFound,*'
                $failure.TargetObject | Should -BeExactly $path
            }
            (Get-Failure { $rows | Send-AdxData Numbers -SpoolPath $path }).FullyQualifiedErrorId | Should -BeLike 'AdxFileNotFound,*'
        }
    }

    It 'has its names completed, of the directory that is given' {
        $before = $Error.Count
        foreach ($line in 'Get-AdxSpool NoSuchDrive:/x -Name f', 'Get-AdxSpool ./no-such-directory f') {
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Not -Contain 'first'
        }
        $Error.Count | Should -Be $before
        Push-Location (Split-Path $spool)
        try {
            foreach ($line in "Get-AdxSpool '$spool' -Name f", "Get-AdxSpool ./$(Split-Path $spool -Leaf) f", "Resume-AdxSpool '$spool' f", "Send-AdxData T -SpoolPath '$spool' -SpoolName f") {
                (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -BeExactly 'first'
            }
        }
        finally {
            Pop-Location
        }
    }

    It 'has a view that fits 120 columns' {
        $text = Get-AdxSpool $spool | Out-String -Width 120
        $text | Should -BeLike '*Name*Table*Rows*Bytes*Open*Sealed*Queued*Refused*InUse*first*'
        ($text -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 120
    }
}
