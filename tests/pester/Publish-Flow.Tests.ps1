# Drafts become flows, with those of their parts that are drafts.

BeforeDiscovery {
    $parameters = @(
        @{ Parameter = 'PassThru'; Set = '*'; Form = 'SwitchParameter' }
        @{ Parameter = 'FlowId'; Set = '*'; Form = 'String[], mandatory, position 0, by name' }
        @{ Parameter = 'Session'; Set = '*'; Form = 'FlowSession' }
    )
}

BeforeAll {
    . $PSScriptRoot/FlowWeather.ps1
}

AfterAll {
    Stop-AdxLocal
}

. $PSScriptRoot/ParameterCases.ps1 Publish-Flow $parameters

Describe 'Publish-Flow' {
    It 'publishes source, target and flow, in this order' {
        $draft = Add-WeatherFlow Draft @{ Draft = $true; Frequency = 'Hour'; DeltaColumn = 'At' }
        $changes = Get-FlowChange { $script:flow = $draft | Publish-Flow -PassThru }
        $changes -replace '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'id' -replace '\?.*' | Should -BeExactly 'POST /sourceConnections/id/action', 'POST /targetConnections/id/action', 'POST /flows/id/action'
        $flow.State | Should -BeExactly 'enabled'
        ($flow | Get-FlowSource).State | Should -BeExactly 'enabled'
    }

    It 'publishes a draft of a base connection first' {
        $base = New-FlowConnection Draft -Credential $reader -TenantId '9752a91d-8e15-44e2-aa72-e9f8e12c3ec5' -AdxConnection $adx -Draft
        $draft = Add-WeatherFlow WithBase @{ Draft = $true; ConnectionId = $base.Id; StartTime = $now.AddDays(1) }
        $draft | Publish-Flow *>&1 | Should -BeNullOrEmpty
        (Get-FlowConnection -ConnectionId $base.Id).State | Should -BeExactly 'enabled'
        (Get-Flow WithBase).State | Should -BeExactly 'enabled'
    }

    It 'is an error for what is no draft' {
        $flow = Add-WeatherFlow Published
        (Get-Failure { $flow | Publish-Flow -ErrorAction Stop }).CategoryInfo.Activity | Should -BeExactly 'Publish-Flow'
        (Get-Flow Published).State | Should -BeExactly 'enabled'
    }

    It 'says of an id that there is none' {
        (Get-Failure { Publish-Flow 'no-such-id' -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'FlowNotFound,*'
    }
}
